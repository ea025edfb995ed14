/** Talking to ClickHouse through its own client. */
@NullMarked
package dev.lockstep.apply.clickhouse;

import org.jspecify.annotations.NullMarked;
