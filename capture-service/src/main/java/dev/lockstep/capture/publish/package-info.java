/** Data topics, and publishing a batch with its schemas and its offset in one Kafka transaction. */
@NullMarked
package dev.lockstep.capture.publish;

import org.jspecify.annotations.NullMarked;
