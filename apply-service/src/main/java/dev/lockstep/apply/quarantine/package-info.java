/** Records that can never be applied, kept with the reason. */
@NullMarked
package dev.lockstep.apply.quarantine;

import org.jspecify.annotations.NullMarked;
