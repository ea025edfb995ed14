/** The demo: a shop's database, its connector, and a slow trickle of changes. */
@NullMarked
package dev.lockstep.stack.demo;

import org.jspecify.annotations.NullMarked;
