/** Kafka Connect's REST calls. */
@NullMarked
package dev.lockstep.admin.connect;

import org.jspecify.annotations.NullMarked;
