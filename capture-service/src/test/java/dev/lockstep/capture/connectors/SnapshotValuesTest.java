package dev.lockstep.capture.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.event.EventHeaders;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotTable;
import dev.lockstep.common.snapshot.SnapshotType;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Difficult values: those of a snapshot on demand are those of the initial one, byte by byte. */
@Tag("capture")
@ExtendWith(Servers.class)
class SnapshotValuesTest {
  @Test
  void valuesAreThoseOfTheInitialSnapshot(MySqlServer mysql, KafkaServer kafka) throws Exception {
    execute(mysql, DifficultValues.TABLES);
    execute(mysql, DifficultValues.ROWS);
    List<SnapshotTable> tables =
        Stream.of("temporal", "zerokey", "number", "options", "commented", "a_b", "a b")
            .map(table -> new SnapshotTable("exact", table, null))
            .toList();
    try (var suite = new CaptureSuite(kafka, "suite-exact-on-demand")) {
      suite.start();
      Map<String, String> config = CaptureSuite.config(mysql, "od", "exact");
      config.put("incremental.snapshot.chunk.size", "3");
      suite.put("exact", config, DesiredState.RUNNING);
      suite.awaitState("exact", State.RUNNING);
      suite.awaitSnapshot("exact", "initial-exact", SnapshotStatus.State.COMPLETED);
      Map<String, String> initial = rows(suite, tables, false);
      suite.command(
          SnapshotCommand.request(
              "values", "exact", SnapshotType.INCREMENTAL, tables, Instant.now()));
      SnapshotStatus done = suite.awaitSnapshot("exact", "values", SnapshotStatus.State.COMPLETED);
      assertThat(done.reason()).isNull();
      assertThat(rows(suite, tables, true)).isEqualTo(initial).isNotEmpty();
    }
  }

  private static Map<String, String> rows(
      CaptureSuite suite, List<SnapshotTable> tables, boolean onDemand) {
    Map<String, String> rows = new TreeMap<>();
    tables.stream()
        .map(table -> "od.exact." + table.table().replace(' ', '_'))
        .distinct()
        .flatMap(topic -> suite.committed(topic).stream())
        .forEach(item -> add(item, onDemand, rows));
    return rows;
  }

  /** The row, its zero dates and the schema it was written with. */
  private static void add(
      ConsumerRecord<byte[], byte[]> item, boolean onDemand, Map<String, String> rows) {
    JsonNode event = JsonMapper.shared().readTree(item.value());
    boolean incremental = event.path("source").path("snapshot").asString("").equals("incremental");
    if (event.path("op").asString().equals("r") && incremental == onDemand) {
      Header zeroDates = item.headers().lastHeader(EventHeaders.ZERO_DATES);
      rows.put(
          event.path("source").path("table").asString() + " " + new String(item.key()),
          event.path("after")
              + (zeroDates == null ? "" : new String(zeroDates.value(), StandardCharsets.UTF_8))
              + EventHeaders.read(item.headers(), EventHeaders.SCHEMA));
    }
  }

  private static void execute(MySqlServer mysql, String... statements) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET time_zone = '+00:00', sql_mode = 'ALLOW_INVALID_DATES'");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
