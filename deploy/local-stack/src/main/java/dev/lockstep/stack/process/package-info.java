/** Operating system processes: starting, guarding, stopping and recognising them. */
@NullMarked
package dev.lockstep.stack.process;

import org.jspecify.annotations.NullMarked;
