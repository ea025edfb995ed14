/** Errors as Kafka Connect and RFC 9457 word them. */
@NullMarked
package dev.lockstep.admin.problems;

import org.jspecify.annotations.NullMarked;
