/** A Kafka and a binlog that crash where a dice says, to hold capture's real classes against. */
@NullMarked
package dev.lockstep.capture.simulation;

import org.jspecify.annotations.NullMarked;
