/** Gets the servers through the machine's package clients into a cache that later runs reuse. */
@NullMarked
package dev.lockstep.stack.fetch;

import org.jspecify.annotations.NullMarked;
