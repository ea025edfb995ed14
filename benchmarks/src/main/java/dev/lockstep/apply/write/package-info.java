/** Benchmarks of what apply-service shows to nobody outside of its package. */
@NullMarked
package dev.lockstep.apply.write;

import org.jspecify.annotations.NullMarked;
