/** Connections to the source beside Debezium's own. */
@NullMarked
package dev.lockstep.capture.source;

import org.jspecify.annotations.NullMarked;
