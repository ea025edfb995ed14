/** Real MySQL, Kafka and ClickHouse for development and tests, wherever they come from. */
@NullMarked
package dev.lockstep.stack;

import org.jspecify.annotations.NullMarked;
