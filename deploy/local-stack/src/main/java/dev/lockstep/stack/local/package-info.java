/** Servers as processes on this machine. */
@NullMarked
package dev.lockstep.stack.local;

import org.jspecify.annotations.NullMarked;
