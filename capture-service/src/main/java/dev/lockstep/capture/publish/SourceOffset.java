package dev.lockstep.capture.publish;

import java.util.Map;

/**
 * Where a connector's next batch begins; a value of the offsets topic, keyed by connector.
 *
 * @param partition Debezium's source partition
 * @param offset Debezium's source offset: everything up to it is published
 * @param version the last version given
 */
public record SourceOffset(
    Map<String, Object> partition, Map<String, Object> offset, long version) {}
