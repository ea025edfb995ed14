/** {@code ./lockstep bench apply}: a backlog in Kafka on its way into ClickHouse. */
@NullMarked
package dev.lockstep.benchmarks.apply;

import org.jspecify.annotations.NullMarked;
