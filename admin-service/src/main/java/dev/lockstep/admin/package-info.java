/** The service itself: its entry point. */
@NullMarked
package dev.lockstep.admin;

import org.jspecify.annotations.NullMarked;
