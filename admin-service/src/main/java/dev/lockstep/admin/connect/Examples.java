package dev.lockstep.admin.connect;

/** The bodies that the OpenAPI document shows; "Try it out" sends them as they are. */
final class Examples {
  static final String CONFIG =
      """
      {
        "connector.class": "io.debezium.connector.mysql.MySqlConnector",
        "tasks.max": "1",
        "database.hostname": "mysql",
        "database.port": "3306",
        "database.user": "debezium",
        "database.password": "dbz",
        "database.server.id": "184054",
        "topic.prefix": "dbserver1",
        "database.include.list": "inventory",
        "schema.history.internal.kafka.bootstrap.servers": "kafka:9092",
        "schema.history.internal.kafka.topic": "schemahistory.inventory"
      }
      """;

  static final String NAMED_CONFIG =
      """
      {
        "name": "inventory-connector",
        "connector.class": "io.debezium.connector.mysql.MySqlConnector",
        "database.hostname": "mysql",
        "database.port": "3306",
        "database.user": "debezium",
        "database.password": "dbz",
        "topic.prefix": "dbserver1",
        "database.include.list": "inventory"
      }
      """;

  static final String CONNECTOR =
      """
      {
        "name": "inventory-connector",
        "config": {
          "connector.class": "io.debezium.connector.mysql.MySqlConnector",
          "tasks.max": "1",
          "database.hostname": "mysql",
          "database.port": "3306",
          "database.user": "debezium",
          "database.password": "dbz",
          "database.server.id": "184054",
          "topic.prefix": "dbserver1",
          "database.include.list": "inventory",
          "schema.history.internal.kafka.bootstrap.servers": "kafka:9092",
          "schema.history.internal.kafka.topic": "schemahistory.inventory"
        }
      }
      """;

  static final String INVALID =
      """
      {
        "error_code": 400,
        "message": "Connector configuration is invalid and contains the following 1 error(s):\\n\
      database.password: MySQL refused the password. Check it."
      }
      """;

  private Examples() {}
}
