/** Debezium's records as Debezium JSON, written straight from their Connect structs. */
@NullMarked
package dev.lockstep.capture.encode;

import org.jspecify.annotations.NullMarked;
