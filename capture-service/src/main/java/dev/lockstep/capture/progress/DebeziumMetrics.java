package dev.lockstep.capture.progress;

import dev.lockstep.common.control.ConnectorProgress.Position;
import dev.lockstep.common.control.ConnectorProgress.Queue;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.kafka.common.utils.Sanitizer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Debezium tells of a connector as an MBean of this process: {@code
 * debezium.mysql:type=connector-metrics,context=streaming,server=<topic.prefix>}. Its documentation
 * of the MySQL connector, "Streaming metrics", lists the attributes.
 */
final class DebeziumMetrics {
  private static final String[] PLACE = {
    "Connected",
    "BinlogFilename",
    "BinlogPosition",
    "GtidSet",
    "MilliSecondsBehindSource",
    "MilliSecondsSinceLastEvent"
  };

  /** After the place: so what was read up to it is in the queue, or has left it. */
  private static final String[] QUEUE = {
    "QueueTotalCapacity", "QueueRemainingCapacity", "MaxQueueSizeInBytes", "CurrentQueueSizeInBytes"
  };

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName pattern;
  private final ObjectName snapshotPattern;
  private @Nullable ObjectName bean;

  /**
   * What was read.
   *
   * @param position how far the binlog is read; null while it is not
   * @param behindSeconds between the last event that was read and now
   * @param queue the queue's fill
   */
  record Reading(@Nullable Position position, double behindSeconds, Queue queue) {}

  DebeziumMetrics(String topicPrefix) {
    pattern = pattern("streaming", topicPrefix);
    snapshotPattern = pattern("snapshot", topicPrefix);
  }

  private static ObjectName pattern(String context, String topicPrefix) {
    try {
      return new ObjectName(
          "debezium.*:type=connector-metrics,context="
              + context
              + ",server="
              + Sanitizer.jmxSanitize(topicPrefix)
              + ",*");
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException("No JMX name can hold " + topicPrefix, e);
    }
  }

  /** The tables that the engine's snapshot reads, as {@code database.table}; empty before. */
  Set<String> snapshotTables() {
    ObjectName known = find(snapshotPattern);
    if (known == null) {
      return Set.of();
    }
    try {
      return server.getAttribute(known, "CapturedTables") instanceof String[] tables
          ? Set.of(tables)
          : Set.of();
    } catch (JMException e) {
      throw new IllegalStateException("Debezium's metrics can't be read: " + known, e);
    }
  }

  /** Empty while the engine has none: before it starts and after its end. */
  Optional<Reading> read() {
    ObjectName known = bean == null ? find(pattern) : bean;
    if (known == null) {
      return Optional.empty();
    }
    try {
      Reading reading = reading(attributes(known, PLACE), attributes(known, QUEUE));
      bean = known;
      return Optional.of(reading);
    } catch (InstanceNotFoundException e) {
      bean = null;
      return Optional.empty();
    } catch (JMException e) {
      throw new IllegalStateException("Debezium's metrics can't be read: " + known, e);
    }
  }

  private @Nullable ObjectName find(ObjectName names) {
    return server.queryNames(names, null).stream().findFirst().orElse(null);
  }

  private Map<String, Object> attributes(ObjectName known, String[] names) throws JMException {
    Map<String, Object> values = new HashMap<>();
    for (Attribute attribute : server.getAttributes(known, names).asList()) {
      if (attribute.getValue() != null) {
        values.put(attribute.getName(), attribute.getValue());
      }
    }
    return values;
  }

  private static Reading reading(Map<String, Object> place, Map<String, Object> queue) {
    long capacity = number(queue, "QueueTotalCapacity");
    double behind =
        Math.max(0, number(place, "MilliSecondsBehindSource"))
            + Math.max(0, number(place, "MilliSecondsSinceLastEvent"));
    return new Reading(
        position(place),
        behind / 1_000,
        new Queue(
            capacity - number(queue, "QueueRemainingCapacity"),
            capacity,
            number(queue, "CurrentQueueSizeInBytes"),
            number(queue, "MaxQueueSizeInBytes")));
  }

  private static @Nullable Position position(Map<String, Object> place) {
    return Boolean.TRUE.equals(place.get("Connected"))
            && place.get("BinlogFilename") instanceof String file
            && !file.isEmpty()
        ? new Position(
            file,
            number(place, "BinlogPosition"),
            place.get("GtidSet") instanceof String gtids && !gtids.isEmpty() ? gtids : null)
        : null;
  }

  private static long number(Map<String, Object> values, String name) {
    return values.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
