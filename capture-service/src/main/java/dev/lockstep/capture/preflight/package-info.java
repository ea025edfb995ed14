/**
 * Checking whether a connector could run before it is accepted: its keys and settings, then the
 * source itself, then the answer over Kafka.
 */
@NullMarked
package dev.lockstep.capture.preflight;

import org.jspecify.annotations.NullMarked;
