/** Records that were stored together with a change and have yet to reach Kafka. */
@NullMarked
package dev.lockstep.admin.outbox;

import org.jspecify.annotations.NullMarked;
