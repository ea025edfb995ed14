/** The command line behind {@code ./lockstep}: the whole of Lockstep on one machine. */
@NullMarked
package dev.lockstep.stack.launcher;

import org.jspecify.annotations.NullMarked;
