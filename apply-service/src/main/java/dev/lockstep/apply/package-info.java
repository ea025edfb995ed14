/** The service itself: its entry point, and how its parts are put together. */
@NullMarked
package dev.lockstep.apply;

import org.jspecify.annotations.NullMarked;
