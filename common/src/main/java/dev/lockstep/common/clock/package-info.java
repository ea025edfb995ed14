/** The hybrid logical clock that gives every event its version. */
@NullMarked
package dev.lockstep.common.clock;

import org.jspecify.annotations.NullMarked;
