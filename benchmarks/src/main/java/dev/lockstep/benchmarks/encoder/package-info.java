/** What one value costs on its way from Debezium's JSON to ClickHouse's RowBinary. */
@NullMarked
package dev.lockstep.benchmarks.encoder;

import org.jspecify.annotations.NullMarked;
