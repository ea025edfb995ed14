package dev.lockstep.apply.quarantine;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.event.MalformedEventException;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that can never be applied.
 *
 * @param origin the record as it was read
 * @param cause why; its message goes along
 * @param problem why in words that quote no value, for logs
 * @param column the column at fault, or empty
 */
public record DeadLetter(
    ConsumerRecord<byte[], byte[]> origin, RuntimeException cause, String problem, String column) {

  /** Of a record that an encoder refused. */
  public static DeadLetter of(ConsumerRecord<byte[], byte[]> origin, RecordFault fault) {
    String column = Objects.requireNonNullElse(fault.column(), "");
    return new DeadLetter(origin, fault, fault.problem(), column);
  }

  /** Of a record that is no event of Lockstep's; what it says names headers only. */
  public static DeadLetter of(ConsumerRecord<byte[], byte[]> origin, MalformedEventException e) {
    return new DeadLetter(origin, e, String.valueOf(e.getMessage()), "");
  }
}
