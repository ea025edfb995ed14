package dev.lockstep.stack.demo;

import dev.lockstep.stack.MySqlServer;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The connector of Debezium's tutorial for MySQL, word for word but for the addresses. */
public final class DemoConnector {
  public static final String NAME = "inventory-connector";

  private DemoConnector() {}

  /** The body of {@code POST /connectors}. */
  public static String json(MySqlServer mysql, String bootstrapServers) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.debezium.connector.mysql.MySqlConnector");
    config.put("tasks.max", "1");
    config.put("database.hostname", mysql.host());
    config.put("database.port", String.valueOf(mysql.port()));
    config.put("database.user", DemoDatabase.CAPTURE_USER);
    config.put("database.password", DemoDatabase.CAPTURE_PASSWORD);
    config.put("database.server.id", "184054");
    config.put("topic.prefix", "dbserver1");
    config.put("database.include.list", DemoDatabase.NAME);
    config.put("schema.history.internal.kafka.bootstrap.servers", bootstrapServers);
    config.put("schema.history.internal.kafka.topic", "schemahistory.inventory");
    Map<String, Object> connector = new LinkedHashMap<>();
    connector.put("name", NAME);
    connector.put("config", config);
    return JsonMapper.builder().build().writeValueAsString(connector);
  }
}
