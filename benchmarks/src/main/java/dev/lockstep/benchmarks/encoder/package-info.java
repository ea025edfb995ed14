/** What a value, and a whole event, cost on their way from Debezium's JSON to RowBinary. */
@NullMarked
package dev.lockstep.benchmarks.encoder;

import org.jspecify.annotations.NullMarked;
