/** Whether this service can do its work, and if not, why. */
@NullMarked
package dev.lockstep.apply.health;

import org.jspecify.annotations.NullMarked;
