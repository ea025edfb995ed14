/**
 * Subjects that take turns in rounds, and what was measured: medians, ratio, machine, as text and
 * as JSON.
 */
@NullMarked
package dev.lockstep.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
