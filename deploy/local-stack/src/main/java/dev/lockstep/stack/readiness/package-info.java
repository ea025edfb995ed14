/** Asks servers whether they really answer. */
@NullMarked
package dev.lockstep.stack.readiness;

import org.jspecify.annotations.NullMarked;
