/** The service itself: its entry point. */
@NullMarked
package dev.lockstep.apply;

import org.jspecify.annotations.NullMarked;
