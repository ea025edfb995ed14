/** Servers that somebody else runs, named by environment variables. */
@NullMarked
package dev.lockstep.stack.given;

import org.jspecify.annotations.NullMarked;
