package dev.lockstep.benchmarks.subjects;

import dev.lockstep.stack.MySqlServer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What both subjects tell Debezium alike. */
final class SourceConfig {
  private static final AtomicInteger SERVER_IDS = new AtomicInteger(10_000);

  private SourceConfig() {}

  static Map<String, String> of(
      MySqlServer mysql, String topicPrefix, Map<String, String> further) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.debezium.connector.mysql.MySqlConnector");
    config.put("tasks.max", "1");
    config.put("database.hostname", mysql.host());
    config.put("database.port", String.valueOf(mysql.port()));
    config.put("database.user", mysql.user());
    config.put("database.password", mysql.password());
    config.put("database.ssl.mode", "disabled");
    config.put("database.server.id", String.valueOf(SERVER_IDS.incrementAndGet()));
    config.put("topic.prefix", topicPrefix);
    config.put("topic.creation.default.partitions", "1");
    config.put("topic.creation.default.replication.factor", "1");
    config.putAll(further);
    return config;
  }
}
