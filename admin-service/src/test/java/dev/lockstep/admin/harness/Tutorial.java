package dev.lockstep.admin.harness;

/** What Debezium's tutorial for MySQL posts. */
public final class Tutorial {
  /** The body of its curl, word for word. */
  public static final String BODY =
      "{ \"name\": \"inventory-connector\", \"config\": { \"connector.class\":"
          + " \"io.debezium.connector.mysql.MySqlConnector\", \"tasks.max\": \"1\","
          + " \"database.hostname\": \"mysql\", \"database.port\": \"3306\", \"database.user\":"
          + " \"debezium\", \"database.password\": \"dbz\", \"database.server.id\": \"184054\","
          + " \"topic.prefix\": \"dbserver1\", \"database.include.list\": \"inventory\","
          + " \"schema.history.internal.kafka.bootstrap.servers\": \"kafka:9092\","
          + " \"schema.history.internal.kafka.topic\": \"schemahistory.inventory\" } }";

  private Tutorial() {}

  /** A body like it, for another name, prefix and server id. */
  public static String body(String name, String prefix) {
    return BODY.replace("inventory-connector", name)
        .replace("dbserver1", prefix)
        .replace(
            "184054", String.valueOf(1_000 + Math.floorMod((name + prefix).hashCode(), 1_000_000)));
  }

  /** The config of such a body alone. */
  public static String config(String name, String prefix) {
    String body = body(name, prefix);
    return body.substring(body.indexOf("\"config\": ") + 10, body.length() - 2);
  }
}
