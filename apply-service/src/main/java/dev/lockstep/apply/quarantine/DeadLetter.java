package dev.lockstep.apply.quarantine;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that can never be applied.
 *
 * @param origin the record as it was read
 * @param cause why; its message goes along
 * @param column the column at fault, or empty
 */
public record DeadLetter(
    ConsumerRecord<byte[], byte[]> origin, RuntimeException cause, String column) {}
