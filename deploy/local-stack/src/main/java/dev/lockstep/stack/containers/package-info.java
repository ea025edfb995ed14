/** Servers in containers, where a Docker engine answers. */
@NullMarked
package dev.lockstep.stack.containers;

import org.jspecify.annotations.NullMarked;
