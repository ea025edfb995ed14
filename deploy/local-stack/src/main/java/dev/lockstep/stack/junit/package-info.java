/** Servers for tests, and the one helper that waits. */
@NullMarked
package dev.lockstep.stack.junit;

import org.jspecify.annotations.NullMarked;
