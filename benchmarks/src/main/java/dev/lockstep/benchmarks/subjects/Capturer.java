package dev.lockstep.benchmarks.subjects;

import java.util.Map;

/** Starts a process that captures the source into Kafka. */
public interface Capturer {
  /** Its name in reports. */
  String name();

  /**
   * Starts it, as a connector that has never run before.
   *
   * @param topicPrefix the connector's {@code topic.prefix}, unique in this run of the benchmark
   * @param config Debezium's config beyond the source's address and the prefix
   */
  ServiceRun start(String topicPrefix, Map<String, String> config) throws Exception;
}
