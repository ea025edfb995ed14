/**
 * MySQL's values exactly as they are, from both of Debezium's sources: rows read over JDBC in
 * snapshots and row events of the binlog.
 */
@NullMarked
package dev.lockstep.capture.exact;

import org.jspecify.annotations.NullMarked;
