package dev.lockstep.system.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.fetch.Distributions;
import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.process.Programs;
import dev.lockstep.system.suite.ConnectApi;
import dev.lockstep.system.suite.LockstepSuite;
import dev.lockstep.system.suite.SourceAndTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What someone sees who follows Debezium's MySQL tutorial, with Lockstep in place of Kafka Connect.
 */
@Tag("main-job")
@ExtendWith(Servers.class)
class TutorialTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TYPES =
      """
      CREATE TABLE inventory.types (
        id INT PRIMARY KEY, ti TINYINT, tu TINYINT UNSIGNED, si SMALLINT, su SMALLINT UNSIGNED, mi MEDIUMINT,
        mu MEDIUMINT UNSIGNED, i INT, iu INT UNSIGNED, bi BIGINT, bu BIGINT UNSIGNED, dc DECIMAL(38,10),
        dm DECIMAL(65,30), f FLOAT, d DOUBLE, ch CHAR(10), vc VARCHAR(300), tx TEXT, dt DATE, d0 DATETIME,
        d6 DATETIME(6), ts TIMESTAMP(3) NULL, bo BOOLEAN, js JSON, en ENUM('a','b,c','ü'))
      """;
  private static final String SECRET = "hush-8c1f-47aa";
  private static LockstepSuite suite;
  private static SourceAndTarget both;

  @BeforeAll
  static void start(MySqlServer mysql, KafkaServer kafka, ClickHouseServer clickHouse)
      throws Exception {
    both = new SourceAndTarget(mysql, clickHouse);
    both.source(
        "CREATE DATABASE inventory",
        "CREATE TABLE inventory.customers (id INT PRIMARY KEY, email VARCHAR(100) NOT NULL)",
        "INSERT INTO inventory.customers VALUES (1001, 'sally@example.com'), (1002, 'ed@example.com')",
        TYPES,
        "INSERT INTO inventory.types VALUES (1, -128, 255, -32768, 65535, -8388608, 16777215, -2147483648,"
            + " 4294967295, -9223372036854775808, 18446744073709551615, -1234567890123456789012345678.0123456789,"
            + " 99999999999999999999999999999999999.999999999999999999999999999999, 0.1, 1.7976931348623157e308,"
            + " 'ab', 'tab\\t漢😀', '', '1900-01-01', '2299-12-31 23:59:59', '1969-12-31 23:59:59.999999',"
            + " '2038-01-19 03:14:07.999', TRUE, '{\"k\": [1, null, \"v\"]}', 'b,c')");
    suite = new LockstepSuite("tutorial", kafka, clickHouse).start();
    both.source(
        "CREATE USER 'debezium'@'%' IDENTIFIED BY '" + SECRET + "'",
        "GRANT SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO"
            + " 'debezium'@'%'");
    Map<String, String> config = ConnectApi.tutorial(mysql, "dbserver1", "inventory");
    config.put("database.user", "debezium");
    config.put("database.password", SECRET);
    assertThat(suite.connect().post("inventory-connector", config).statusCode()).isEqualTo(201);
  }

  @AfterAll
  static void stop() throws Exception {
    if (suite != null) {
      suite.close();
    }
  }

  @Test
  void theTutorialsConnectorStartsSyncing() throws Exception {
    suite.connect().awaitState("inventory-connector", "RUNNING");
    awaitCustomers();
    both.source(
        "UPDATE inventory.customers SET email = 'sally@thomas.com' WHERE id = 1001",
        "DELETE FROM inventory.customers WHERE id = 1002",
        "INSERT INTO inventory.customers VALUES (1003, 'anne@example.com')",
        "UPDATE inventory.customers SET id = 2003 WHERE id = 1003");
    awaitCustomers();
  }

  @Test
  void everyTypeOfThisAreaArrivesExactlyBySnapshotAndByStream() throws Exception {
    both.source(
        "INSERT INTO inventory.types (id) VALUES (2)",
        "INSERT INTO inventory.types VALUES (3, 127, 0, 32767, 0, 8388607, 0, 2147483647, 0, 9223372036854775807, 0,"
            + " 0.0000000001, -0.000000000000000000000000000001, -1.5, -4.9e-324, '', ' x ', REPEAT('ä', 1000),"
            + " '2299-12-31', '1900-01-01 00:00:00', '2262-01-01 00:00:00.000001', '1970-01-01 00:00:01', FALSE,"
            + " '\"text\"', 'ü')");
    String columns =
        "id, ti, tu, si, su, mi, mu, i, iu, bi, bu, dc, dm, ch, vc, tx, dt, d0, d6, ts, bo, en";
    both.awaitEqual(
        "SELECT "
            + columns
                .replace("dc, dm", "CAST(dc AS CHAR), CAST(dm AS CHAR)")
                .replace("d0, d6, ts", "CAST(d0 AS CHAR), CAST(d6 AS CHAR), CAST(ts AS CHAR)")
            + " FROM inventory.types ORDER BY id",
        "SELECT "
            + columns.replace("dc, dm", "toDecimalString(dc, 10), toDecimalString(dm, 30)")
            + " FROM inventory.types FINAL ORDER BY id",
        LIMIT);
    assertThat(numbers(both.targetRows("SELECT f, d FROM inventory.types FINAL ORDER BY id")))
        .isEqualTo(numbers(both.sourceRows("SELECT f, d FROM inventory.types ORDER BY id")));
    assertThat(json(both.targetRows("SELECT js FROM inventory.types FINAL ORDER BY id")))
        .isEqualTo(json(both.sourceRows("SELECT js FROM inventory.types ORDER BY id")));
  }

  @Test
  void kafkaConsoleConsumerShowsPlainDebeziumJson() throws Exception {
    awaitCustomers();
    List<String> command =
        List.of(
            Programs.java().toString(),
            "-cp",
            Distributions.kafka().resolve("*").toString(),
            "org.apache.kafka.tools.consumer.ConsoleConsumer",
            "--bootstrap-server",
            suite.kafka().bootstrapServers(),
            "--topic",
            "dbserver1.inventory.customers",
            "--from-beginning",
            "--max-messages",
            "1",
            "--timeout-ms",
            "20000");
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String line =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .findFirst()
            .orElse("");
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    JsonNode event = JsonMapper.shared().readTree(line);
    assertThat(event.propertyNames())
        .containsExactly(
            "before", "after", "source", "transaction", "op", "ts_ms", "ts_us", "ts_ns");
    assertThat(event.path("after").toString())
        .isEqualTo("{\"id\":1001,\"email\":\"sally@example.com\"}");
    assertThat(event.path("source").path("connector").asString()).isEqualTo("mysql");
  }

  @Test
  void theTablesAreOnShow() throws Exception {
    awaitCustomers();
    JsonNode row =
        Eventually.eventuallySees(
            "the table inventory.customers with its rows",
            LIMIT,
            () -> table("customers"),
            found -> found.path("rowsApplied").asLong() >= 2);
    assertThat(row.path("state").asString()).isEqualTo("RUNNING");
    assertThat(row.path("lastSourceTime").asString()).matches("20..-..-..T.*Z");
  }

  @Test
  void aNameThatIsTakenAndAConfigThatCannotWorkAreRefusedAndChangeNothing(MySqlServer mysql)
      throws Exception {
    Map<String, String> config = ConnectApi.tutorial(mysql, "other1", "inventory");
    assertThat(suite.connect().post("inventory-connector", config).statusCode()).isEqualTo(409);
    refused(config, "database.password", "wrong-secret-4711", "database.password");
    refused(config, "database.hostname", "no-such-host.invalid", "database.hostname");
    refused(config, "table.inclde.list", "inventory.customers", "table.include.list");
    refused(config, "table.include.list", "inventory.nothing", "table.include.list");
    both.source(
        "CREATE USER 'weak'@'%' IDENTIFIED BY 'weak'", "GRANT SELECT ON inventory.* TO 'weak'@'%'");
    config.put("database.password", "weak");
    refused(config, "database.user", "weak", "REPLICATION SLAVE");
    assertThat(suite.connect().call("POST", "/connectors", "{\"name\": ").statusCode())
        .isEqualTo(400);
    assertThat(suite.connect().get("/connectors").toString())
        .isEqualTo("[\"inventory-connector\"]");
    assertThat(suite.logs()).doesNotContain("wrong-secret-4711");
  }

  @Test
  void theSourcesPasswordIsInNoAnswerAndNoLog() throws Exception {
    awaitCustomers();
    for (String path :
        List.of(
            "/connectors/inventory-connector",
            "/connectors/inventory-connector/config",
            "/connectors/inventory-connector/status",
            "/connectors?expand=info&expand=status",
            "/api/v1/connectors",
            "/api/v1/tables")) {
      assertThat(suite.connect().call("GET", path, "").body()).as(path).doesNotContain(SECRET);
    }
    assertThat(
            suite
                .connect()
                .get("/connectors/inventory-connector/config")
                .path("database.password")
                .asString())
        .isEqualTo("********");
    assertThat(suite.logs()).doesNotContain(SECRET);
  }

  private static void refused(Map<String, String> config, String key, String value, String named)
      throws Exception {
    Map<String, String> changed = new java.util.HashMap<>(config);
    changed.put(key, value);
    var answer = suite.connect().post("refused", changed);
    JsonNode body = JsonMapper.shared().readTree(answer.body());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(body.path("error_code").asInt()).isEqualTo(400);
    assertThat(body.path("message").asString()).contains(named).doesNotContain("wrong-secret-4711");
  }

  private static void awaitCustomers() throws Exception {
    both.awaitEqual(
        "SELECT id, email FROM inventory.customers ORDER BY id",
        "SELECT id, email FROM inventory.customers FINAL ORDER BY id",
        LIMIT);
  }

  private static JsonNode table(String name) throws Exception {
    for (JsonNode row : suite.connect().get("/api/v1/tables").path("items")) {
      if (row.path("source").path("table").asString().equals(name)) {
        return row;
      }
    }
    return JsonMapper.shared().createObjectNode();
  }

  private static List<String> numbers(List<String> rows) {
    return rows.stream()
        .flatMap(row -> List.of(row.split("\t")).stream())
        .map(cell -> cell.equals("\\N") ? cell : String.valueOf(Double.parseDouble(cell)))
        .toList();
  }

  private static List<String> json(List<String> rows) {
    return rows.stream()
        .map(cell -> cell.equals("\\N") ? cell : JsonMapper.shared().readTree(cell).toString())
        .toList();
  }
}
