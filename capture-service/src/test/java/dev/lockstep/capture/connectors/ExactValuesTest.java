package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.event.EventHeaders;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One connector over tables of difficult values, which come first by its snapshot and then, as
 * copies with another id, by the binlog. The JVM is in Berlin, the server in New York's winter.
 */
@Tag("types")
@ExtendWith(Servers.class)
class ExactValuesTest {
  private static final int COPY = 100;
  private static final TimeZone JVM_ZONE = TimeZone.getDefault();
  private static MySqlServer mysql;
  private static CaptureSuite suite;

  @BeforeAll
  static void captureSnapshotAndStream(MySqlServer server, KafkaServer kafka) throws Exception {
    mysql = server;
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    execute(
        "SET GLOBAL time_zone = '-05:00'",
        "SET GLOBAL sql_mode = 'TRADITIONAL,PAD_CHAR_TO_FULL_LENGTH'");
    execute(DifficultValues.TABLES);
    execute(DifficultValues.ROWS);
    suite = new CaptureSuite(kafka, "suite-exact");
    suite.start();
    suite.put("exact", CaptureSuite.config(mysql, "x", "exact"), DesiredState.RUNNING);
    suite.awaitState("exact", State.RUNNING);
    await("temporal", 5);
    execute(DifficultValues.COPIES);
  }

  @AfterAll
  static void putTheZonesBack() throws Exception {
    suite.close();
    execute("SET GLOBAL time_zone = 'SYSTEM'", "SET GLOBAL sql_mode = DEFAULT");
    TimeZone.setDefault(JVM_ZONE);
  }

  @Test
  void datesAndTimesAreAlikeInSnapshotAndStream() {
    assertAlike("temporal", 5);
    assertThat(after("temporal", 2).toString())
        .isEqualTo(
            "{\"id\":2,\"d\":null,\"dn\":0,\"dt\":null,\"dt3n\":0,\"dt6\":null,\"ts\":null,"
                + "\"ts6n\":\"2038-01-19T03:14:07.999999Z\",\"y\":1901,"
                + "\"t\":3020399000000,\"t6\":3020398999999}");
    assertThat(after("temporal", 3).toString())
        .isEqualTo(
            "{\"id\":3,\"d\":-719162,\"dn\":-682944,\"dt\":-60584243850000,\"dt3n\":1711852200123,"
                + "\"dt6\":1711852200000001,\"ts\":\"2024-03-31T00:30:00Z\","
                + "\"ts6n\":\"2024-10-27T00:30:00.000001Z\",\"y\":2155,"
                + "\"t\":0,\"t6\":-3723123456}");
    assertThat(after("temporal", 4).path("ts").asString()).isEqualTo("2024-10-27T01:30:00Z");
  }

  @Test
  void zeroDatesAreInTheirHeaderAsMySqlsText() {
    assertThat(after("temporal", 1).toString())
        .isEqualTo(
            "{\"id\":1,\"d\":null,\"dn\":0,\"dt\":null,\"dt3n\":0,\"dt6\":null,\"ts\":null,"
                + "\"ts6n\":\"1970-01-01T00:00:00Z\",\"y\":0,\"t\":-3020399000000,\"t6\":-1}");
    assertThat(zeroDates("temporal", 1).after())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "d", "0000-00-00",
                "dn", "0000-00-00",
                "dt", "0000-00-00 00:00:00",
                "dt3n", "0000-00-00 00:00:00.000",
                "dt6", "0000-00-00 00:00:00.000000",
                "ts", "0000-00-00 00:00:00",
                "ts6n", "0000-00-00 00:00:00.000000"));
    assertThat(zeroDates("temporal", 2).after())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "d", "2024-05-00",
                "dn", "2024-00-00",
                "dt", "0000-05-01 01:02:03",
                "dt3n", "2024-05-00 01:02:03.500",
                "dt6", "0000-00-01 23:59:59.999999"));
    assertThat(zeroDates("temporal", 3)).isEqualTo(ZeroDates.NONE);
    assertThat(zeroDates("temporal", 4).after()).isEqualTo(Map.of("dn", "2024-02-31"));
  }

  @Test
  void anUpdateOfAKeyThatIsAZeroDateIsADeleteAndACreate() {
    List<ConsumerRecord<byte[], byte[]>> seen = await("zerokey", 4);
    assertThat(seen.stream().map(item -> new String(item.key())))
        .containsOnly("{\"d\":0,\"dt\":0}");
    assertThat(seen.stream().map(item -> json(item).path("op").asString("")))
        .containsExactly("r", "d", "", "c");
    assertThat(ZeroDates.read(seen.get(1).headers()))
        .isEqualTo(
            new ZeroDates(Map.of("d", "0000-00-00", "dt", "2024-05-00 00:00:00.5"), Map.of()));
    assertThat(ZeroDates.read(seen.get(3).headers()))
        .isEqualTo(
            new ZeroDates(Map.of(), Map.of("d", "2024-00-00", "dt", "2024-05-00 00:00:00.5")));
    assertThat(ZeroDates.read(seen.get(2).headers())).isEqualTo(ZeroDates.NONE);
  }

  @Test
  void numbersAreAlikeInSnapshotAndStream() {
    assertAlike("number", 3);
    JsonNode one = after("number", 1);
    assertThat(one.path("f").floatValue()).isEqualTo(16777218f);
    assertThat(one.path("f74").doubleValue()).isEqualTo((double) 123.4567f);
    assertThat(after("number", 2).path("f").floatValue()).isEqualTo(Float.MAX_VALUE);
    assertThat(after("number", 2).path("fz").floatValue()).isEqualTo(Float.MIN_NORMAL);
    assertThat(after("number", 3).path("f").toString()).isEqualTo("-0.0");
  }

  @Test
  void optionsOfEnumAndSetAreMySqlsTexts() throws Exception {
    assertAlike("options", DifficultValues.OPTIONS);
    assertTexts("options", DifficultValues.OPTIONS * 2);
    assertTexts("options2", DifficultValues.OPTIONS);
  }

  private static void assertTexts(String table, int rows) throws Exception {
    Map<Integer, List<String>> captured = new TreeMap<>();
    for (var item : await(table, rows)) {
      JsonNode row = json(item).path("after");
      captured.put(
          row.path("id").asInt(), List.of(row.path("e").asString(), row.path("s").asString()));
    }
    Map<Integer, List<String>> stored = new TreeMap<>();
    try (Connection connection = mysql.connect("exact");
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT id, e, s FROM " + table)) {
      while (found.next()) {
        stored.put(found.getInt(1), List.of(found.getString(2), found.getString(3)));
      }
    }
    assertThat(captured).isEqualTo(stored);
  }

  @Test
  void aColumnsCommentIsItsOwn() {
    await("commented", 1);
    assertThat(schema("commented").columns())
        .extracting("name", "comment")
        .containsExactly(
            tuple("id", null),
            tuple("n", "it's \\ a\n\"number\""),
            tuple("g", "where"),
            tuple("p", null),
            tuple("l", "Geometry"));
  }

  @Test
  void twoTablesWhoseNamesMakeOneTopicKeepTheirOwnSchemas() {
    List<ConsumerRecord<byte[], byte[]>> seen = await("a_b", 6);
    List<TableSchema> schemas =
        schemas().stream().filter(s -> s.topic().equals("x.exact.a_b")).toList();
    assertThat(schemas).extracting(TableSchema::table).containsExactlyInAnyOrder("a_b", "a b");
    for (var item : seen) {
      long id = EventHeaders.read(item.headers(), EventHeaders.SCHEMA);
      assertThat(schemas)
          .filteredOn(schema -> schema.id() == id)
          .extracting(TableSchema::table)
          .containsExactly(json(item).path("source").path("table").asString());
    }
  }

  /** Each row of the snapshot and its copy, which came by the binlog. */
  private static void assertAlike(String table, int rows) {
    await(table, rows * 2);
    for (int id = 1; id <= rows; id++) {
      assertThat(record(table, id).value()).isNotEqualTo(record(table, id + COPY).value());
      assertThat(json(record(table, id)).path("op").asString()).isEqualTo("r");
      ObjectNode copy = (ObjectNode) after(table, id + COPY);
      assertThat(copy.put("id", id).toString()).isEqualTo(after(table, id).toString());
      assertThat(zeroDates(table, id + COPY)).isEqualTo(zeroDates(table, id));
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> await(String table, int count) {
    return eventuallySees(
        count + " records of " + table,
        CaptureSuite.LIMIT,
        () -> suite.committed("x.exact." + table),
        seen -> seen.size() >= count);
  }

  private static ConsumerRecord<byte[], byte[]> record(String table, int id) {
    return suite.committed("x.exact." + table).stream()
        .filter(item -> json(item).path("after").path("id").asInt() == id)
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode after(String table, int id) {
    return json(record(table, id)).path("after");
  }

  private static ZeroDates zeroDates(String table, int id) {
    return ZeroDates.read(record(table, id).headers());
  }

  private static JsonNode json(ConsumerRecord<byte[], byte[]> item) {
    return item.value() == null
        ? JsonMapper.shared().createObjectNode()
        : JsonMapper.shared().readTree(item.value());
  }

  private static TableSchema schema(String table) {
    return schemas().stream().filter(s -> s.table().equals(table)).findFirst().orElseThrow();
  }

  private static List<TableSchema> schemas() {
    List<TableSchema> schemas = new ArrayList<>();
    suite
        .committed(suite.settings.topics().schemas())
        .forEach(item -> schemas.add(ControlCodec.decode(item.value(), TableSchema.class)));
    return schemas;
  }

  private static void execute(String... statements) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET time_zone = '+00:00', sql_mode = 'ALLOW_INVALID_DATES'");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
