package dev.lockstep.capture.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What transforms would do to the rows of real tables. */
@Tag("capture")
@ExtendWith(Servers.class)
class TransformPreflightTest {
  private final Source source = new Source(SharedServers.mysql());

  @BeforeAll
  static void makeTables(MySqlServer mysql) throws SQLException {
    Source.make(mysql);
    Source.run(
        mysql,
        "CREATE DATABASE IF NOT EXISTS preflight_box",
        "CREATE TABLE IF NOT EXISTS preflight_box.outbox (id BINARY(16) PRIMARY KEY, aggregatetype"
            + " ENUM('order') NOT NULL, aggregateid BIGINT UNSIGNED NOT NULL, type VARCHAR(9), payload"
            + " JSON, at DATETIME(6), v INT, price DECIMAL(9,2), d DATE, t TIME, ts TIMESTAMP)",
        "CREATE TABLE IF NOT EXISTS preflight_box.customers (id INT PRIMARY KEY, name TEXT)");
  }

  private static Map<String, String> router() {
    Map<String, String> more = new HashMap<>(Map.of("database.include.list", "preflight_box"));
    more.put("transforms", "outbox");
    more.put("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter");
    more.put("transforms.outbox.table.field.event.timestamp", "at");
    more.put("transforms.outbox.table.fields.additional.placement", "type:header,v:partition");
    return more;
  }

  private static void onlyFor(Map<String, String> more, String transform, String tables) {
    more.put("transforms." + transform + ".predicate", "isOutbox");
    more.put("predicates", "isOutbox");
    more.put(
        "predicates.isOutbox.type",
        "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");
    more.put("predicates.isOutbox.pattern", "[^.]*\\.preflight_box\\." + tables);
  }

  private List<Finding> findings(Map<String, String> more) throws InterruptedException {
    return source.check(more).findings().stream()
        .filter(finding -> finding.key().startsWith("transforms"))
        .toList();
  }

  @Test
  void anOutboxRouterWithoutAPredicateIsRefusedWhereOtherTablesAreCaptured() throws Exception {
    List<Finding> findings = findings(router());
    assertThat(findings)
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.problem()).contains("preflight_box.customers", "payload");
              assertThat(finding.remedy()).contains("predicate", "TopicNameMatches");
            });
  }

  @Test
  void itIsAcceptedForItsTablesAloneAndSaysThatTheseAreNotMirrored() throws Exception {
    Map<String, String> more = router();
    onlyFor(more, "outbox", "outbox");
    assertThat(findings(more))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.problem()).contains("not mirrored", "preflight_box.outbox");
              assertThat(finding.problem()).doesNotContain("customers");
            });
    Map<String, String> alone = router();
    alone.put("table.include.list", "preflight_box.outbox");
    assertThat(findings(alone)).extracting(Finding::severity).containsExactly(Severity.WARNING);
  }

  @Test
  void settingsThatDoNotFitTheTableAreRefused() throws Exception {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "table.field.event.payload", "nothing",
                "table.field.event.id", "nothing",
                "table.field.event.timestamp", "type",
                "route.by.field", "v",
                "table.fields.additional.placement", "nothing:header")
            .entrySet()) {
      Map<String, String> more = router();
      onlyFor(more, "outbox", "outbox");
      more.put("transforms.outbox." + wrong.getKey(), wrong.getValue());
      assertThat(findings(more))
          .as(wrong.toString())
          .anyMatch(
              finding ->
                  finding.severity() == Severity.ERROR
                      && finding.problem().contains("preflight_box.outbox"));
    }
  }

  @Test
  void tablesThatAreFlattenedOrFilteredAreNamed() throws Exception {
    Map<String, String> more = new HashMap<>(Map.of("database.include.list", "preflight_box"));
    more.put("transforms", "flat");
    more.put("transforms.flat.type", "io.debezium.transforms.ExtractNewRecordState");
    onlyFor(more, "flat", "customers");
    assertThat(findings(more))
        .extracting(Finding::problem)
        .singleElement()
        .asString()
        .contains("not mirrored", "preflight_box.customers")
        .doesNotContain("outbox");
    more.put("transforms.flat.type", "org.apache.kafka.connect.transforms.Filter");
    assertThat(findings(more))
        .extracting(Finding::problem)
        .anyMatch(problem -> problem.contains("leaves out inserted rows"));
  }

  @Test
  void transformsThatKeepTheEnvelopeLeaveNothingToSay() throws Exception {
    Map<String, String> more = new HashMap<>(Map.of("database.include.list", "preflight_box"));
    more.put("transforms", "route,changed,tz,parts");
    more.put("transforms.route.type", "io.debezium.transforms.ByLogicalTableRouter");
    more.put("transforms.route.topic.regex", "(.*)customers(.*)");
    more.put("transforms.route.topic.replacement", "$1clients$2");
    more.put("transforms.changed.type", "io.debezium.transforms.ExtractChangedRecordState");
    more.put("transforms.changed.header.changed.name", "Changed");
    more.put("transforms.tz.type", "io.debezium.transforms.TimezoneConverter");
    more.put("transforms.tz.converted.timezone", "UTC");
    more.put("transforms.parts.type", "io.debezium.transforms.partitions.PartitionRouting");
    more.put("transforms.parts.partition.payload.fields", "change.id");
    more.put("transforms.parts.partition.topic.num", "2");
    assertThat(findings(more)).isEmpty();
  }

  @Test
  void transformsThatAlterValuesOrColumnsAreTold() throws Exception {
    Map<String, String> more = new HashMap<>(Map.of("database.include.list", "preflight_box"));
    more.put("transforms", "tz");
    more.put("transforms.tz.type", "io.debezium.transforms.TimezoneConverter");
    more.put("transforms.tz.converted.timezone", "Asia/Tokyo");
    assertThat(findings(more))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.problem()).contains("changes values", "preflight_box.outbox");
              assertThat(finding.problem()).doesNotContain("customers");
            });

    more.put("transforms", "note,value");
    more.keySet().removeIf(key -> key.startsWith("transforms.tz"));
    more.put("transforms.note.type", "org.apache.kafka.connect.transforms.InsertHeader");
    more.put("transforms.note.header", "note");
    more.put("transforms.note.value.literal", "x");
    more.put("transforms.value.type", "io.debezium.transforms.HeaderToValue");
    more.put("transforms.value.headers", "note");
    more.put("transforms.value.fields", "note");
    more.put("transforms.value.operation", "copy");
    assertThat(findings(more)).isEmpty();
    more.put("transforms.value.fields", "after.note");
    assertThat(findings(more))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.problem()).contains("adds columns", "preflight_box.customers");
            });
  }
}
