package dev.lockstep.stack.launcher;

/** What a user can do once all is up. */
final class Summary {
  private Summary() {}

  static void print(Settings settings, Servers servers, boolean demo) {
    Console.answer("");
    new Status(settings).print();
    Console.answer(urls(settings, servers));
    Console.answer(demo ? withDemo(settings) : withoutDemo(settings));
  }

  private static String urls(Settings settings, Servers servers) {
    int admin = settings.port(Port.ADMIN);
    return """

        REST, Swagger UI   http://localhost:%1$d/swagger-ui.html
        Tables             http://localhost:%1$d/api/v1/tables
        Connectors         http://localhost:%1$d/connectors
        Health             http://localhost:%2$d/actuator/health (capture), %3$d (apply), %1$d (admin)
        MySQL              %4$s:%5$d   user %6$s
        Kafka              %7$s
        ClickHouse         %8$s   user %9$s
        Data and logs      %10$s"""
        .formatted(
            admin,
            settings.port(Port.CAPTURE),
            settings.port(Port.APPLY),
            servers.mysql().host(),
            servers.mysql().port(),
            servers.mysql().user(),
            servers.kafka().bootstrapServers(),
            servers.clickHouse().httpUrl(),
            servers.clickHouse().user(),
            settings.home());
  }

  private static String withDemo(Settings settings) {
    return """

        Three things to try:
          1. Change a row and see it arrive:
             ./lockstep sql source "UPDATE inventory.customers SET first_name = 'Ada' WHERE id = 1001"
             ./lockstep sql target "SELECT first_name FROM inventory.customers FINAL WHERE id = 1001"
          2. Delete one, and count on both sides:
             ./lockstep sql source "DELETE FROM inventory.customers WHERE id = 1002"
             ./lockstep sql source "SELECT COUNT(*) FROM inventory.customers"
             ./lockstep sql target "SELECT count() FROM inventory.customers FINAL"
          3. See how far each table has come:
             curl -s http://localhost:%d/api/v1/tables
        """
        .formatted(settings.port(Port.ADMIN));
  }

  private static String withoutDemo(Settings settings) {
    return """

        Nothing is captured yet. Post a connector, as in any Debezium tutorial for MySQL:
          curl -X POST -H 'Content-Type: application/json' -d @connector.json http://localhost:%d/connectors
        """
        .formatted(settings.port(Port.ADMIN));
  }
}
