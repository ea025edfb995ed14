/** Which topics are read, and the batches that come from them. */
@NullMarked
package dev.lockstep.apply.intake;

import org.jspecify.annotations.NullMarked;
