/** {@code ./lockstep bench capture}: a backlog in the binlog on its way to Kafka. */
@NullMarked
package dev.lockstep.benchmarks.capture;

import org.jspecify.annotations.NullMarked;
