/** Topic names, Kafka settings, and reading compacted topics into memory. */
@NullMarked
package dev.lockstep.common.kafka;

import org.jspecify.annotations.NullMarked;
