/** The service itself: its entry point. */
@NullMarked
package dev.lockstep.capture;

import org.jspecify.annotations.NullMarked;
