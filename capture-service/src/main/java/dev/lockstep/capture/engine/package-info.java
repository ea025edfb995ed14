/** One Debezium engine: its config, where it begins, and what it gives. */
@NullMarked
package dev.lockstep.capture.engine;

import org.jspecify.annotations.NullMarked;
