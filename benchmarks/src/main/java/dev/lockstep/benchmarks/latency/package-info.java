/** {@code ./lockstep bench latency}: from commit to readable in Kafka, at a steady rate. */
@NullMarked
package dev.lockstep.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
