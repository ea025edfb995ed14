/** Connectors as the operator wants them: stored, changed, and published to Kafka. */
@NullMarked
package dev.lockstep.admin.connectors;

import org.jspecify.annotations.NullMarked;
