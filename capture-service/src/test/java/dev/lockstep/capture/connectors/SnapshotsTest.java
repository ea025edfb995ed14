package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotCommand.Action;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotStatus.State;
import dev.lockstep.common.snapshot.SnapshotStatus.TableState;
import dev.lockstep.common.snapshot.SnapshotTable;
import dev.lockstep.common.snapshot.SnapshotType;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("capture")
@ExtendWith(Servers.class)
class SnapshotsTest {
  @ParameterizedTest
  @EnumSource(
      value = SnapshotType.class,
      names = {"INCREMENTAL", "BLOCKING"})
  void readsEveryRowOfAQuietTable(SnapshotType type, MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    String name = "quiet_" + type.name().toLowerCase(java.util.Locale.ROOT);
    try (var suite = running(mysql, kafka, name, "CREATE TABLE t (id INT PRIMARY KEY, v INT)")) {
      fill(mysql, name + ".t", 1_000);
      await(suite, name + "." + name + ".t", 1_000);
      suite.command(request(name, "first", type, new SnapshotTable(name, "t", null)));

      SnapshotStatus done = suite.awaitSnapshot(name, "first", State.COMPLETED);

      assertThat(done.tables().getFirst().state()).isEqualTo(TableState.COMPLETED);
      assertThat(done.tables().getFirst().rowsRead()).isEqualTo(1_000);
      assertThat(done.tables().getFirst().rowsEstimated()).isPositive();
      assertThat(readIds(suite, name + "." + name + ".t"))
          .as("each row once, in the order of the key")
          .isEqualTo(java.util.stream.IntStream.rangeClosed(1, 1_000).boxed().toList());
    }
  }

  @Test
  void aFilterSelectsRowsAndQuotesAndCommentsInItAreWhatTheyAre(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    String name = "filtered";
    try (var suite =
        running(mysql, kafka, name, "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20))")) {
      execute(
          mysql, "INSERT INTO filtered.t VALUES (1, 'it''s'), (2, 'b'), (3, 'it''s'), (4, '?')");
      await(suite, "filtered.filtered.t", 4);
      String filter = "v = 'it''s' OR v = \"?\" -- all but one";
      suite.command(
          request(name, "f", SnapshotType.INCREMENTAL, new SnapshotTable(name, "t", filter)));
      suite.awaitSnapshot(name, "f", State.COMPLETED);
      assertThat(readIds(suite, "filtered.filtered.t")).containsExactly(1, 3, 4);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SnapshotType.class,
      names = {"INCREMENTAL", "BLOCKING"})
  void rowsThatChangeMeanwhileEndAsInTheSource(
      SnapshotType type, MySqlServer mysql, KafkaServer kafka) throws Exception {
    String name = "busy_" + type.name().toLowerCase(java.util.Locale.ROOT);
    try (var suite = running(mysql, kafka, name, "CREATE TABLE t (id INT PRIMARY KEY, v INT)")) {
      fill(mysql, name + ".t", 5_000);
      String topic = name + "." + name + ".t";
      await(suite, topic, 5_000);
      var stop = new AtomicBoolean();
      Thread writer = Thread.ofPlatform().start(() -> write(mysql, name, "t", stop));
      for (String id : List.of("a", "b", "c")) {
        suite.command(request(name, id, type, new SnapshotTable(name, "t", null)));
        suite.awaitSnapshot(name, id, State.COMPLETED);
      }
      stop.set(true);
      writer.join();
      eventually(
          "the topic's last word on each row to be the source's",
          CaptureSuite.LIMIT,
          () -> lastWords(suite, topic).equals(rows(mysql, name)));
    }
  }

  /** Updates, deletes and inserts rows all over the table, one transaction each. */
  private static void write(
      MySqlServer mysql, String database, String columns, AtomicBoolean stop) {
    var random = new java.util.Random(7);
    try (Connection connection = mysql.connect(database);
        Statement statement = connection.createStatement()) {
      while (!stop.get()) {
        int id = 1 + random.nextInt(6_000);
        switch (random.nextInt(3)) {
          case 0 -> statement.execute("DELETE FROM t WHERE id = " + id);
          case 1 -> statement.execute("UPDATE t SET v = v + 1 WHERE id = " + id);
          default ->
              statement.execute(
                  "REPLACE INTO " + columns + " VALUES (" + id + ", " + id % 97 + ")");
        }
      }
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void queuesPausesResumesAndCancels(MySqlServer mysql, KafkaServer kafka) throws Exception {
    String name = "queued";
    try (var suite = running(mysql, kafka, name, "CREATE TABLE t (id INT PRIMARY KEY, v INT)")) {
      fill(mysql, "queued.t", 100);
      await(suite, "queued.queued.t", 100);
      var table = new SnapshotTable(name, "t", null);
      String slow = "SLEEP(0.05) = 0";
      suite.command(
          request(name, "one", SnapshotType.INCREMENTAL, new SnapshotTable(name, "t", slow)));
      suite.command(request(name, "two", SnapshotType.INCREMENTAL, table));
      suite.command(request(name, "three", SnapshotType.INCREMENTAL, table));
      suite.command(SnapshotCommand.change("two", name, Action.PAUSE, Instant.now()));
      suite.command(SnapshotCommand.change("three", name, Action.CANCEL, Instant.now()));

      suite.awaitSnapshot(name, "one", State.COMPLETED);
      suite.awaitSnapshot(name, "three", State.CANCELLED);
      suite.awaitSnapshot(name, "two", State.PAUSED);
      assertThat(readIds(suite, "queued.queued.t")).hasSize(100);
      suite.command(SnapshotCommand.change("two", name, Action.RESUME, Instant.now()));
      suite.awaitSnapshot(name, "two", State.COMPLETED);
      assertThat(readIds(suite, "queued.queued.t")).hasSize(200);
    }
  }

  @Test
  void goesOnAfterARestartInTheMiddle(MySqlServer mysql, KafkaServer kafka) throws Exception {
    String name = "resumed";
    try (var suite = running(mysql, kafka, name, "CREATE TABLE t (id INT PRIMARY KEY, v INT)")) {
      fill(mysql, "resumed.t", 3_000);
      await(suite, "resumed.resumed.t", 3_000);
      suite.command(
          request(
              name,
              "long",
              SnapshotType.INCREMENTAL,
              new SnapshotTable(name, "t", "SLEEP(0.002) = 0")));
      suite.command(
          request(name, "next", SnapshotType.INCREMENTAL, new SnapshotTable(name, "t", null)));
      eventuallySees(
          "the snapshot to be in the middle",
          CaptureSuite.LIMIT,
          () -> suite.snapshot(name, "long"),
          status -> status.tables().getFirst().rowsRead() > 500);
      suite.stop();
      suite.start();
      suite.awaitSnapshot(name, "long", State.COMPLETED);
      suite.awaitSnapshot(name, "next", State.COMPLETED);

      List<Integer> read = readIds(suite, "resumed.resumed.t");
      assertThat(read.size()).as("rows of both: none is read twice by one").isEqualTo(6_000);
      assertThat(new java.util.HashSet<>(read)).hasSize(3_000);
    }
  }

  @Test
  void aTableThatIsDroppedMeanwhileFailsWithItsReasonAndTheOthersAreRead(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    String name = "dropped";
    try (var suite =
        running(
            mysql,
            kafka,
            name,
            "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
            "CREATE TABLE gone (id INT PRIMARY KEY)")) {
      fill(mysql, "dropped.t", 10);
      await(suite, "dropped.dropped.t", 10);
      execute(mysql, "DROP TABLE dropped.gone");
      suite.command(
          request(
              name,
              "d",
              SnapshotType.INCREMENTAL,
              new SnapshotTable(name, "gone", null),
              new SnapshotTable(name, "t", null)));
      SnapshotStatus failed = suite.awaitSnapshot(name, "d", State.FAILED);
      assertThat(failed.reason()).contains("dropped.gone");
      assertThat(failed.tables().get(0).state()).isEqualTo(TableState.FAILED);
      assertThat(failed.tables().get(1).state()).isEqualTo(TableState.COMPLETED);
      assertThat(readIds(suite, "dropped.dropped.t")).hasSize(10);
    }
  }

  @Test
  void aColumnThatIsAddedMeanwhileIsInTheRowsThatAreRead(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    String name = "altered";
    try (var suite = running(mysql, kafka, name, "CREATE TABLE t (id INT PRIMARY KEY, v INT)")) {
      fill(mysql, "altered.t", 2_000);
      String topic = "altered.altered.t";
      await(suite, topic, 2_000);
      suite.command(
          request(
              name,
              "a",
              SnapshotType.INCREMENTAL,
              new SnapshotTable(name, "t", "SLEEP(0.002) = 0")));
      eventuallySees(
          "the snapshot to be in the middle",
          CaptureSuite.LIMIT,
          () -> suite.snapshot(name, "a"),
          status -> status.tables().getFirst().rowsRead() > 200);
      execute(mysql, "ALTER TABLE altered.t ADD COLUMN w INT NOT NULL DEFAULT 5");
      suite.awaitSnapshot(name, "a", State.COMPLETED);
      JsonNode last = snapshotRows(suite, topic).getLast();
      assertThat(last.path("id").asInt()).isEqualTo(2_000);
      assertThat(last.path("w").asInt()).isEqualTo(5);
    }
  }

  /** Keys that Java has no type for, or none that compares as MySQL sorts them. */
  private static final List<String> KEYS =
      List.of(
          "k ENUM('z', 'y', 'a', 'b', 'm', '1', '') NOT NULL|'z'|'y'|'a'|'b'|'m'|'1'",
          "k SET('z', 'y', 'a') NOT NULL|''|'z'|'y'|'a'|'z,y'|'z,a'|'z,y,a'",
          "k BIT(64) NOT NULL|0|1|128|256|65535|18446744073709551615|9223372036854775808",
          "k TIME(3) NOT NULL|'-838:59:59'|'-00:00:00.5'|'00:00:00'|'00:00:00.001'|'12:00:00'|'838:59:59'",
          "k DATE NOT NULL|'0000-00-00'|'2024-00-00'|'2024-05-00'|'2024-05-01'|'0001-01-01'|'9999-12-31'",
          "k DATETIME(6) NOT NULL|'0000-00-00'|'2024-05-00 01:02:03.000004'|'2024-05-01 01:02:03'|'9999-12-31 23:59:59.999999'",
          "k TIMESTAMP(6) NOT NULL|'1970-01-01 00:00:01'|'2024-10-27 00:30:00'|'2024-10-27 01:30:00.5'|'2038-01-19 03:14:07'",
          "k YEAR NOT NULL|0|1901|2000|2024|2155",
          "k BIGINT UNSIGNED NOT NULL|0|1|9223372036854775807|9223372036854775808|18446744073709551615",
          "k BIGINT NOT NULL|-9223372036854775808|-1|0|1|9223372036854775807",
          "k DECIMAL(65, 30) NOT NULL|-1|0|0.000000000000000000000000000001|1|99999999999999999999999999999999999.999999999999999999999999999999",
          "k FLOAT NOT NULL|-3.4e38|-0.1|0|1.1754944e-38|0.1|16777216|16777218|3.4e38",
          "k DOUBLE NOT NULL|-1.7e308|-0.1|0|2.2250738585072014e-308|0.1|0.30000000000000004|1.7e308",
          "k VARBINARY(8) NOT NULL|X''|X'00'|X'0000'|X'27'|X'5C'|X'7F'|X'80'|X'FF'",
          "k BINARY(3) NOT NULL|X''|X'000001'|X'20'|X'61'|X'FFFFFF'",
          "k VARCHAR(9) COLLATE utf8mb4_0900_ai_ci NOT NULL|''|''''|'a'|'B'|'ç'|'Z'|'zz'|'日'",
          "k VARCHAR(9) COLLATE utf8mb4_bin NOT NULL|''|'A'|'B'|'a'|'b'|'é'|'日'",
          "k VARCHAR(9) CHARACTER SET latin1 COLLATE latin1_german2_ci NOT NULL|''|'a'|'ä'|'b'|'ß'|'z'",
          "k VARCHAR(9) CHARACTER SET sjis NOT NULL|''|'a'|'ア'|'日'|X'815F'",
          "k CHAR(4) CHARACTER SET utf16 NOT NULL|''|'a'|'日'|'😀'",
          "k INT ZEROFILL NOT NULL, l VARCHAR(3) NOT NULL|1,'a'|1,'b'|2,'A'|2,'z'|10,''|10,'q'",
          "`k ``?` INT NOT NULL|1|2|3|4|5|6|7");

  @Test
  void everyKindOfKeyIsReadOnceInChunksOfTwoRows(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    String name = "many_keys";
    Map<String, Long> expected = new LinkedHashMap<>();
    try (var suite =
        running(
            mysql,
            kafka,
            name,
            Map.of("incremental.snapshot.chunk.size", "2"),
            "CREATE TABLE t (id INT PRIMARY KEY)")) {
      List<SnapshotTable> tables = new ArrayList<>();
      for (int i = 0; i < KEYS.size(); i++) {
        String table = i == 0 ? "odd.name `?` 0" : "k" + i;
        String topic = name + "." + name + "." + (i == 0 ? "odd.name_____0" : table);
        expected.put(topic, (long) makeKeys(mysql, name, table, KEYS.get(i)));
        tables.add(new SnapshotTable(name, table, null));
      }
      expected.forEach((topic, rows) -> await(suite, topic, Math.toIntExact(rows)));
      suite.command(
          request(name, "k", SnapshotType.INCREMENTAL, tables.toArray(SnapshotTable[]::new)));
      SnapshotStatus status =
          eventuallySees(
              "the end of the snapshot",
              CaptureSuite.LIMIT,
              () -> suite.snapshot(name, "k"),
              seen -> seen.state().isFinal());
      assertThat(status.reason()).isNull();
      Map<String, Long> read = new LinkedHashMap<>();
      Map<String, Long> distinct = new LinkedHashMap<>();
      for (String topic : expected.keySet()) {
        List<JsonNode> rows = snapshotRows(suite, topic);
        read.put(topic, (long) rows.size());
        distinct.put(topic, rows.stream().distinct().count());
      }
      assertThat(distinct).as("rows that were read").isEqualTo(expected);
      assertThat(read).as("none twice").isEqualTo(expected);
    }
  }

  private static int makeKeys(MySqlServer mysql, String database, String table, String keys)
      throws Exception {
    String[] parts = keys.split("[|]", -1);
    String quoted = "`" + table.replace("`", "``") + "`";
    String columns =
        parts[0].contains(", l ") ? "k, l" : parts[0].startsWith("`") ? "`k ``?`" : "k";
    try (Connection connection = mysql.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute("SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'");
      statement.execute(
          "CREATE TABLE " + quoted + " (" + parts[0] + ", v INT, PRIMARY KEY (" + columns + "))");
      for (int i = 1; i < parts.length; i++) {
        statement.execute("INSERT INTO " + quoted + " VALUES (" + parts[i] + ", " + i + ")");
      }
    }
    return parts.length - 1;
  }

  @Test
  void tablesThatAreAddedToTheConfigAreReadOnceByThemselves(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    String name = "added";
    try (var suite =
        running(
            mysql,
            kafka,
            name,
            Map.of("table.include.list", "added.a"),
            "CREATE TABLE a (id INT PRIMARY KEY, v INT)",
            "CREATE TABLE b (id INT PRIMARY KEY, v INT)")) {
      fill(mysql, "added.a", 5);
      fill(mysql, "added.b", 400);
      execute(mysql, "INSERT INTO added.a VALUES (6, 6)");
      // The offset is now past the rows of the other table, so the stream won't bring them.
      await(suite, "added.added.a", 6);
      Map<String, String> config = CaptureSuite.config(mysql, name, name);
      config.put("table.include.list", "added.(a|b|c)");
      suite.put(name, config, DesiredState.RUNNING);
      await(suite, "added.added.b", 400);
      suite.stop();
      suite.start();
      execute(mysql, "CREATE TABLE added.c (id INT PRIMARY KEY, v INT)");
      fill(mysql, "added.c", 3);
      await(suite, "added.added.c", 3);

      assertThat(readIds(suite, "added.added.b")).hasSize(400).doesNotHaveDuplicates();
      assertThat(suite.committed("added.added.b")).hasSize(400);
      assertThat(readIds(suite, "added.added.a")).isEmpty();
      assertThat(readIds(suite, "added.added.c")).isEmpty();
    }
  }

  /** The schema history has such a database from the connector's begin, or as it was then. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tablesOfAnAddedDatabaseAreReadAsTheyAreNow(
      boolean onlyCaptured, MySqlServer mysql, KafkaServer kafka) throws Exception {
    String name = "first" + onlyCaptured;
    String second = "second" + onlyCaptured;
    execute(
        mysql,
        "CREATE DATABASE " + second,
        "CREATE TABLE " + second + ".t (id INT PRIMARY KEY, v INT, w INT)",
        "INSERT INTO " + second + ".t VALUES (1, 10, 11), (2, 20, 21)");
    var history =
        Map.of(
            "schema.history.internal.store.only.captured.databases.ddl",
            String.valueOf(onlyCaptured));
    try (var suite =
        running(mysql, kafka, name, history, "CREATE TABLE t (id INT PRIMARY KEY, v INT)")) {
      execute(
          mysql,
          "ALTER TABLE " + second + ".t MODIFY COLUMN v INT AFTER w",
          "INSERT INTO " + name + ".t VALUES (1, 1)");
      await(suite, name + "." + name + ".t", 1);
      Map<String, String> config = CaptureSuite.config(mysql, name, name);
      config.putAll(history);
      config.put("database.include.list", name + "," + second);
      suite.put(name, config, DesiredState.STOPPED);
      suite.awaitState(name, ConnectorStatus.State.STOPPED);
      execute(mysql, "INSERT INTO " + second + ".t (id, v, w) VALUES (3, 30, 31)");
      suite.put(name, config, DesiredState.RUNNING);
      suite.awaitState(name, ConnectorStatus.State.RUNNING);
      execute(mysql, "UPDATE " + second + ".t SET w = 22 WHERE id = 2");
      eventually(
          "each row as it is in the source",
          CaptureSuite.LIMIT,
          () ->
              lastWords(suite, name + "." + second + ".t", "v").equals(Map.of(1, 10, 2, 20, 3, 30))
                  && lastWords(suite, name + "." + second + ".t", "w")
                      .equals(Map.of(1, 11, 2, 22, 3, 31)));
    }
  }

  /** The schema history has the table as it was when it left the config. */
  @Test
  void aTableThatComesBackIsReadAsItIsNow(MySqlServer mysql, KafkaServer kafka) throws Exception {
    String name = "leaving";
    execute(
        mysql,
        "CREATE DATABASE leaving_too",
        "CREATE TABLE leaving_too.t (id INT PRIMARY KEY, v INT, w INT)",
        "INSERT INTO leaving_too.t VALUES (1, 10, 11), (2, 20, 21)");
    var both =
        Map.of(
            "schema.history.internal.store.only.captured.databases.ddl",
            "true",
            "database.include.list",
            "leaving,leaving_too");
    try (var suite =
        running(mysql, kafka, name, both, "CREATE TABLE t (id INT PRIMARY KEY, v INT)")) {
      execute(mysql, "INSERT INTO leaving.t VALUES (0, 0)");
      await(suite, "leaving.leaving_too.t", 2);
      await(suite, "leaving.leaving.t", 1);
      Map<String, String> config = CaptureSuite.config(mysql, name, name);
      config.putAll(both);
      config.put("database.include.list", name);
      suite.put(name, config, DesiredState.STOPPED);
      suite.awaitState(name, ConnectorStatus.State.STOPPED);
      suite.put(name, config, DesiredState.RUNNING);
      execute(
          mysql,
          "ALTER TABLE leaving_too.t MODIFY COLUMN v INT AFTER w",
          "INSERT INTO leaving.t VALUES (1, 1)");
      await(suite, "leaving.leaving.t", 2);
      config.putAll(both);
      suite.put(name, config, DesiredState.STOPPED);
      suite.awaitState(name, ConnectorStatus.State.STOPPED);
      suite.put(name, config, DesiredState.RUNNING);
      suite.awaitState(name, ConnectorStatus.State.RUNNING);
      execute(mysql, "INSERT INTO leaving_too.t (id, v, w) VALUES (3, 30, 31)");
      SnapshotStatus _ =
          eventuallySees(
                  "the end of the snapshot",
                  CaptureSuite.LIMIT,
                  () ->
                      suite.snapshots(name).stream()
                          .filter(s -> s.type().isOnDemand() && s.state() == State.COMPLETED)
                          .findAny(),
                  java.util.Optional::isPresent)
              .orElseThrow();
      execute(mysql, "INSERT INTO leaving_too.t (id, v, w) VALUES (4, 40, 41)");
      eventually(
          "each row as it is in the source",
          CaptureSuite.LIMIT,
          () ->
              lastWords(suite, "leaving.leaving_too.t", "v")
                      .equals(Map.of(1, 10, 2, 20, 3, 30, 4, 40))
                  && lastWords(suite, "leaving.leaving_too.t", "w")
                      .equals(Map.of(1, 11, 2, 21, 3, 31, 4, 41)));
    }
  }

  @Test
  void tablesOfAnAddedDatabaseAreReadByThemselvesAtAPlaceThatIsYetToCome(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    String name = "oldbase";
    var history = Map.of("schema.history.internal.store.only.captured.databases.ddl", "true");
    try (var suite =
        running(mysql, kafka, name, history, "CREATE TABLE t (id INT PRIMARY KEY, v INT)")) {
      execute(
          mysql,
          "CREATE DATABASE newbase CHARACTER SET latin1",
          "CREATE TABLE newbase.t (id INT PRIMARY KEY, v INT)",
          "CREATE TABLE newbase.gone (id INT PRIMARY KEY, v INT)");
      fill(mysql, "newbase.t", 3_000);
      execute(mysql, "INSERT INTO oldbase.t VALUES (1, 1)");
      await(suite, "oldbase.oldbase.t", 1);
      Map<String, String> config = CaptureSuite.config(mysql, name, name);
      config.putAll(history);
      suite.put(name, config, DesiredState.STOPPED);
      suite.awaitState(name, ConnectorStatus.State.STOPPED);
      // What comes between the connector's place and the one where the definition is taken.
      execute(
          mysql,
          "INSERT INTO newbase.t VALUES (3001, 1)",
          "INSERT INTO newbase.gone VALUES (1, 1)",
          "INSERT INTO oldbase.t VALUES (2, 2)",
          "ALTER TABLE newbase.t ADD COLUMN w VARCHAR(9) DEFAULT 'é' FIRST",
          "UPDATE newbase.t SET v = 2 WHERE id = 3001",
          "DROP TABLE newbase.gone",
          "CREATE TABLE newbase.gone (v INT, id INT PRIMARY KEY)",
          "INSERT INTO newbase.gone VALUES (5, 1)");
      config.put("database.include.list", "oldbase,newbase");
      config.put("incremental.snapshot.chunk.size", "50");
      var stop = new AtomicBoolean();
      Thread writer = Thread.ofPlatform().start(() -> write(mysql, "newbase", "t (id, v)", stop));
      suite.put(name, config, DesiredState.RUNNING);
      SnapshotStatus begun =
          eventuallySees(
                  "the snapshot of the added database to be in its middle",
                  CaptureSuite.LIMIT,
                  () ->
                      suite.snapshots(name).stream()
                          .filter(s -> s.type().isOnDemand())
                          .filter(s -> s.tables().getLast().rowsRead() > 100)
                          .findAny(),
                  java.util.Optional::isPresent)
              .orElseThrow();
      execute(mysql, "ALTER TABLE newbase.t ADD COLUMN x INT NOT NULL DEFAULT 3");
      suite.stop();
      suite.start();
      suite.awaitSnapshot(name, begun.id(), State.COMPLETED);
      stop.set(true);
      writer.join();
      execute(
          mysql,
          "ALTER TABLE newbase.t ADD COLUMN y INT",
          "REPLACE INTO newbase.t VALUES ('ü', 9999, 9, 9, 9)",
          "CREATE TABLE newbase.late (id INT PRIMARY KEY, w VARCHAR(9))",
          "INSERT INTO newbase.late VALUES (1, 'ß')");
      suite.stop();
      suite.start();
      execute(mysql, "REPLACE INTO newbase.t VALUES ('ö', 9998, 8, 8, 8)");
      eventually(
          "the topic's last word on each row to be the source's",
          CaptureSuite.LIMIT,
          () -> lastWords(suite, "oldbase.newbase.t").equals(rows(mysql, "newbase")));
      assertThat(lastWords(suite, "oldbase.newbase.gone")).isEqualTo(Map.of(1, 5));
      assertThat(lastRow(suite, "oldbase.newbase.t").path("w").asString()).isEqualTo("ö");
      assertThat(lastRow(suite, "oldbase.newbase.t").path("y").asInt()).isEqualTo(8);
      assertThat(lastRow(suite, "oldbase.newbase.late").path("w").asString()).isEqualTo("ß");
      assertThat(suite.committed("oldbase.oldbase.t")).hasSize(2);
      execute(mysql, "DROP DATABASE newbase");
    }
  }

  @Test
  void aTableThatNoSnapshotIsToReadAndNobodyKnowsFailsTheConnectorUntilOneIsAskedFor(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    String name = "knownbase";
    var history = Map.of("schema.history.internal.store.only.captured.databases.ddl", "true");
    try (var suite =
        running(mysql, kafka, name, history, "CREATE TABLE t (id INT PRIMARY KEY, v INT)")) {
      execute(
          mysql,
          "CREATE DATABASE unknownbase",
          "CREATE TABLE unknownbase.t (id INT PRIMARY KEY, v INT)",
          "INSERT INTO unknownbase.t VALUES (1, 1)",
          "INSERT INTO knownbase.t VALUES (1, 1)");
      await(suite, "knownbase.knownbase.t", 1);
      Map<String, String> config = CaptureSuite.config(mysql, name, name);
      config.putAll(history);
      config.put("database.include.list", "knownbase,unknownbase");
      config.put("snapshot.mode", "no_data");
      suite.put(name, config, DesiredState.STOPPED);
      suite.awaitState(name, ConnectorStatus.State.STOPPED);
      suite.put(name, config, DesiredState.RUNNING);
      execute(mysql, "INSERT INTO unknownbase.t VALUES (2, 2)");
      assertThat(suite.awaitState(name, ConnectorStatus.State.FAILED).reason())
          .contains("unknownbase.t", "POST /api/v1/snapshots");
      suite.command(
          request(
              name,
              "part",
              SnapshotType.INCREMENTAL,
              new SnapshotTable("unknownbase", "t", "id > 1")));
      suite.command(
          request(
              name,
              "whole",
              SnapshotType.INCREMENTAL,
              new SnapshotTable("unknownbase", "t", null)));
      suite.put(name, config, DesiredState.STOPPED);
      suite.awaitState(name, ConnectorStatus.State.STOPPED);
      suite.put(name, config, DesiredState.RUNNING);
      assertThat(suite.awaitSnapshot(name, "part", State.FAILED).reason())
          .contains("without a filter");
      suite.awaitSnapshot(name, "whole", State.COMPLETED);
      execute(mysql, "UPDATE unknownbase.t SET v = 3 WHERE id = 2");
      eventually(
          "both rows",
          CaptureSuite.LIMIT,
          () -> lastWords(suite, "knownbase.unknownbase.t").equals(Map.of(1, 1, 2, 3)));
      execute(mysql, "DROP DATABASE unknownbase");
    }
  }

  @Test
  void theChangesOfAnAddedTableWhoseSnapshotIsCancelledGoOn(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    String name = "added_cancelled";
    try (var suite =
        running(
            mysql,
            kafka,
            name,
            Map.of("table.include.list", name + ".a"),
            "CREATE TABLE a (id INT PRIMARY KEY, v INT)",
            "CREATE TABLE b (id INT PRIMARY KEY, v INT)")) {
      fill(mysql, name + ".a", 3_000);
      fill(mysql, name + ".b", 5);
      String b = name + "." + name + ".b";
      await(suite, name + "." + name + ".a", 3_000);
      Map<String, String> config = CaptureSuite.config(mysql, name, name);
      suite.put(name, config, DesiredState.STOPPED);
      suite.awaitState(name, ConnectorStatus.State.STOPPED);
      suite.command(
          request(
              name,
              "slow",
              SnapshotType.INCREMENTAL,
              new SnapshotTable(name, "a", "SLEEP(0.002) = 0")));
      suite.put(name, config, DesiredState.RUNNING);
      SnapshotStatus queued =
          eventuallySees(
                  "the snapshot of the added table",
                  CaptureSuite.LIMIT,
                  () ->
                      suite.snapshots(name).stream()
                          .filter(s -> s.tables().getFirst().table().equals("b"))
                          .findAny(),
                  java.util.Optional::isPresent)
              .orElseThrow();
      suite.command(SnapshotCommand.change(queued.id(), name, Action.CANCEL, Instant.now()));
      execute(mysql, "INSERT INTO " + name + ".b VALUES (6, 6)");
      suite.awaitSnapshot(name, queued.id(), State.CANCELLED);
      execute(mysql, "INSERT INTO " + name + ".b VALUES (7, 7)");
      eventually(
          "the table's changes to go out",
          CaptureSuite.LIMIT,
          () -> lastWords(suite, b).containsKey(7));
      assertThat(readIds(suite, b)).isEmpty();
    }
  }

  @Test
  void wishesTakeEffectWhileTheConnectorIsPaused(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    String name = "atrest";
    try (var suite = running(mysql, kafka, name, "CREATE TABLE t (id INT PRIMARY KEY, v INT)")) {
      fill(mysql, "atrest.t", 10);
      await(suite, "atrest.atrest.t", 10);
      Map<String, String> config = CaptureSuite.config(mysql, name, name);
      suite.put(name, config, DesiredState.PAUSED);
      suite.awaitState(name, ConnectorStatus.State.PAUSED);
      var table = new SnapshotTable(name, "t", null);
      for (String id : List.of("one", "two", "three")) {
        suite.command(request(name, id, SnapshotType.INCREMENTAL, table));
        assertThat(suite.awaitSnapshot(name, id, State.QUEUED).reason()).contains("PAUSED");
      }
      suite.command(SnapshotCommand.change("one", name, Action.CANCEL, Instant.now()));
      suite.command(SnapshotCommand.change("two", name, Action.PAUSE, Instant.now()));
      suite.awaitSnapshot(name, "one", State.CANCELLED);
      suite.awaitSnapshot(name, "two", State.PAUSED);

      suite.put(name, config, DesiredState.RUNNING);
      assertThat(suite.awaitSnapshot(name, "three", State.COMPLETED).reason()).isNull();
      assertThat(suite.awaitSnapshot(name, "two", State.PAUSED).reason()).isNull();
      suite.command(SnapshotCommand.change("two", name, Action.RESUME, Instant.now()));
      suite.awaitSnapshot(name, "two", State.COMPLETED);
      assertThat(readIds(suite, "atrest.atrest.t")).as("read by two of three").hasSize(20);
    }
  }

  @Test
  void oneThatIsCancelledInItsMiddleWhileTheConnectorIsStoppedIsNotGoneOnWith(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    String name = "dropped_at_rest";
    try (var suite = running(mysql, kafka, name, "CREATE TABLE t (id INT PRIMARY KEY, v INT)")) {
      fill(mysql, name + ".t", 3_000);
      await(suite, name + "." + name + ".t", 3_000);
      suite.command(
          request(
              name,
              "slow",
              SnapshotType.INCREMENTAL,
              new SnapshotTable(name, "t", "SLEEP(0.002) = 0")));
      eventuallySees(
          "the snapshot to be in the middle",
          CaptureSuite.LIMIT,
          () -> suite.snapshot(name, "slow"),
          status -> status.tables().getFirst().rowsRead() > 200);
      Map<String, String> config = CaptureSuite.config(mysql, name, name);
      suite.put(name, config, DesiredState.STOPPED);
      assertThat(suite.awaitSnapshot(name, "slow", State.QUEUED).reason()).contains("STOPPED");
      suite.command(SnapshotCommand.change("slow", name, Action.CANCEL, Instant.now()));
      suite.awaitSnapshot(name, "slow", State.CANCELLED);
      suite.put(name, config, DesiredState.RUNNING);
      suite.command(
          request(name, "next", SnapshotType.INCREMENTAL, new SnapshotTable(name, "t", null)));
      suite.awaitSnapshot(name, "next", State.COMPLETED);
      List<Integer> read = readIds(suite, name + "." + name + ".t");
      assertThat(read).hasSizeLessThan(6_000);
      assertThat(read.subList(read.size() - 3_000, read.size())).doesNotHaveDuplicates();
    }
  }

  @Test
  void aTableWithoutAKeyIsReadOnceNobodyIsWritingToItAndItsDdlIsThrough(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    String name = "locked";
    try (var suite = running(mysql, kafka, name, "CREATE TABLE t (id INT, v INT)");
        Connection writer = mysql.connect(name);
        Statement writing = writer.createStatement()) {
      fill(mysql, "locked.t", 10);
      await(suite, "locked.locked.t", 10);
      writer.setAutoCommit(false);
      writing.execute("INSERT INTO t VALUES (11, 11)");
      suite.command(
          request(name, "w", SnapshotType.INCREMENTAL, new SnapshotTable(name, "t", null)));
      suite.awaitSnapshot(name, "w", State.RUNNING);
      Thread ddl =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      execute(mysql, "ALTER TABLE locked.t ADD COLUMN w INT NOT NULL DEFAULT 4");
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  });
      // As long as the lock is tried for, and more.
      assertThat(ddl.join(java.time.Duration.ofSeconds(3))).isFalse();
      assertThat(suite.snapshot(name, "w").state()).isEqualTo(State.RUNNING);
      writer.commit();
      ddl.join();
      assertThat(suite.awaitSnapshot(name, "w", State.COMPLETED).tables().getFirst().rowsRead())
          .isEqualTo(11);
      assertThat(lastRow(suite, "locked.locked.t").path("w").asInt()).isEqualTo(4);
      suite.command(
          request(name, "part", SnapshotType.INCREMENTAL, new SnapshotTable(name, "t", "id > 2")));
      assertThat(suite.awaitSnapshot(name, "part", State.FAILED).reason()).contains("no key");
    }
  }

  @Test
  void anAddedTableWithoutAKeyThatMayNotBeLockedFailsWithItsGrant(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    String name = "unlockable";
    execute(
        mysql,
        "CREATE USER 'unlocking'@'%' IDENTIFIED BY 'pw'",
        "GRANT SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT ON *.*"
            + " TO 'unlocking'@'%'");
    try (var suite =
        running(
            mysql,
            kafka,
            name,
            Map.of("table.include.list", "unlockable.a"),
            "CREATE TABLE a (id INT PRIMARY KEY, v INT)",
            "CREATE TABLE b (id INT, v INT)",
            "CREATE TABLE c (id INT PRIMARY KEY, v INT)")) {
      fill(mysql, "unlockable.a", 5);
      fill(mysql, "unlockable.c", 5);
      await(suite, "unlockable.unlockable.a", 5);
      Map<String, String> config = CaptureSuite.config(mysql, name, name);
      config.put("database.user", "unlocking");
      config.put("database.password", "pw");
      suite.put(name, config, DesiredState.RUNNING);
      SnapshotStatus failed =
          eventuallySees(
                  "the snapshot to fail",
                  CaptureSuite.LIMIT,
                  () -> suite.snapshots(name).stream().filter(s -> s.type().isOnDemand()).findAny(),
                  found -> found.filter(s -> s.state() == State.FAILED).isPresent())
              .orElseThrow();
      assertThat(failed.reason())
          .contains("unlockable.b", "GRANT LOCK TABLES ON `unlockable`.* to");
      await(suite, "unlockable.unlockable.c", 5);
    }
  }

  @Test
  void transactionsOfSourcesThatAreNotFollowedAreNotWaitedFor(KafkaServer kafka) throws Exception {
    String name = "sources";
    String other = "aaaaaaaa-0000-0000-0000-000000000000";
    try (MySqlServer mysql = SharedServers.ownMySql()) {
      mysql.start();
      execute(
          mysql,
          "CREATE DATABASE elsewhere",
          "SET SESSION gtid_next = '" + other + ":5'",
          "CREATE TABLE elsewhere.t (id INT)",
          "SET SESSION gtid_next = 'AUTOMATIC'");
      try (var suite =
          running(
              mysql,
              kafka,
              name,
              Map.of("gtid.source.excludes", other),
              "CREATE TABLE t (id INT PRIMARY KEY, v INT)")) {
        fill(mysql, "sources.t", 10);
        await(suite, "sources.sources.t", 10);
        suite.command(
            request(name, "s", SnapshotType.INCREMENTAL, new SnapshotTable(name, "t", null)));
        suite.awaitSnapshot(name, "s", State.COMPLETED);
        assertThat(readIds(suite, "sources.sources.t")).hasSize(10);
      }
    }
  }

  @Test
  void withoutGtidsTablesAreReadAsAWhole(KafkaServer kafka) throws Exception {
    String name = "nogtid";
    try (MySqlServer mysql =
        SharedServers.ownMySql("--gtid-mode=OFF", "--enforce-gtid-consistency=OFF")) {
      mysql.start();
      try (var suite =
          running(
              mysql,
              kafka,
              name,
              Map.of("table.include.list", "nogtid.a"),
              "CREATE TABLE a (id INT PRIMARY KEY, v INT)",
              "CREATE TABLE t (id INT PRIMARY KEY, v INT)")) {
        fill(mysql, "nogtid.a", 10);
        fill(mysql, "nogtid.t", 5_000);
        await(suite, "nogtid.nogtid.a", 10);
        // In a file of its own without any event.
        execute(mysql, "FLUSH BINARY LOGS");
        Map<String, String> config = CaptureSuite.config(mysql, name, name);
        config.put("incremental.snapshot.chunk.size", "100");
        suite.put(name, config, DesiredState.RUNNING);
        await(suite, "nogtid.nogtid.t", 5_000);
        assertThat(readIds(suite, "nogtid.nogtid.t")).isEmpty();
        var stop = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> write(mysql, name, "t", stop));
        for (SnapshotType type : List.of(SnapshotType.INCREMENTAL, SnapshotType.BLOCKING)) {
          suite.command(request(name, type.name(), type, new SnapshotTable(name, "t", null)));
          SnapshotStatus done = suite.awaitSnapshot(name, type.name(), State.COMPLETED);
          assertThat(done.tables().getFirst().rowsRead()).isGreaterThan(1_000);
        }
        suite.command(
            request(
                name, "part", SnapshotType.INCREMENTAL, new SnapshotTable(name, "t", "id = 6001")));
        suite.awaitSnapshot(name, "part", State.COMPLETED);
        stop.set(true);
        writer.join();
        eventually(
            "the topic's last word on each row to be the source's",
            CaptureSuite.LIMIT,
            () -> lastWords(suite, "nogtid.nogtid.t").equals(rows(mysql, name)));
      }
    }
  }

  private static CaptureSuite running(
      MySqlServer mysql, KafkaServer kafka, String name, String... tables) throws Exception {
    return running(mysql, kafka, name, Map.of("incremental.snapshot.chunk.size", "300"), tables);
  }

  private static CaptureSuite running(
      MySqlServer mysql, KafkaServer kafka, String name, Map<String, String> more, String... tables)
      throws Exception {
    execute(mysql, "CREATE DATABASE " + name);
    try (Connection connection = mysql.connect(name);
        Statement statement = connection.createStatement()) {
      for (String table : tables) {
        statement.execute(table);
      }
    }
    var suite = new CaptureSuite(kafka, "suite-snap-" + name.replace('_', '-'));
    suite.start();
    Map<String, String> config = CaptureSuite.config(mysql, name, name);
    config.putAll(more);
    suite.put(name, config, DesiredState.RUNNING);
    suite.awaitState(name, ConnectorStatus.State.RUNNING);
    eventually(
        "the schema of the tables", CaptureSuite.LIMIT, () -> !suite.committed(name).isEmpty());
    return suite;
  }

  private static SnapshotCommand request(
      String connector, String id, SnapshotType type, SnapshotTable... tables) {
    return SnapshotCommand.request(id, connector, type, List.of(tables), Instant.now());
  }

  private static void fill(MySqlServer mysql, String table, int rows) throws Exception {
    String values =
        String.join(
            ",",
            java.util.stream.IntStream.rangeClosed(1, rows)
                .mapToObj(id -> "(" + id + "," + id + ")")
                .toList());
    execute(mysql, "INSERT INTO " + table + " VALUES " + values);
  }

  private static void await(CaptureSuite suite, String topic, int count) {
    List<ConsumerRecord<byte[], byte[]>> _ =
        eventuallySees(
            count + " records in " + topic,
            CaptureSuite.LIMIT,
            () -> suite.committed(topic),
            seen -> seen.size() >= count);
  }

  private static List<JsonNode> snapshotRows(CaptureSuite suite, String topic) {
    List<JsonNode> rows = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> item : suite.committed(topic)) {
      if (item.value() != null) {
        JsonNode event = JsonMapper.shared().readTree(item.value());
        if (event.path("source").path("snapshot").asString("").equals("incremental")) {
          assertThat(event.path("op").asString()).isEqualTo("r");
          rows.add(event.path("after"));
        }
      }
    }
    return rows;
  }

  private static JsonNode lastRow(CaptureSuite suite, String topic) {
    byte[] last = suite.committed(topic).getLast().value();
    return JsonMapper.shared().readTree(last).path("after");
  }

  private static List<Integer> readIds(CaptureSuite suite, String topic) {
    return snapshotRows(suite, topic).stream().map(row -> row.path("id").asInt()).toList();
  }

  /** What a consumer holds that takes each record as the new state of its key. */
  private static Map<Integer, Integer> lastWords(CaptureSuite suite, String topic) {
    return lastWords(suite, topic, "v");
  }

  private static Map<Integer, Integer> lastWords(CaptureSuite suite, String topic, String column) {
    Map<Integer, Integer> rows = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> item : suite.committed(topic)) {
      int id = JsonMapper.shared().readTree(item.key()).path("id").asInt();
      JsonNode after =
          item.value() == null ? null : JsonMapper.shared().readTree(item.value()).path("after");
      if (after == null || after.isNull() || after.isMissingNode()) {
        rows.remove(id);
      } else {
        rows.put(id, after.path(column).asInt());
      }
    }
    return rows;
  }

  private static Map<Integer, Integer> rows(MySqlServer mysql, String database) throws Exception {
    try (Connection connection = mysql.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, v FROM t")) {
      Map<Integer, Integer> found = new LinkedHashMap<>();
      while (rows.next()) {
        found.put(rows.getInt(1), rows.getInt(2));
      }
      return found;
    }
  }

  private static void execute(MySqlServer mysql, String... statements) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
