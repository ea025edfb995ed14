package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.column;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.TablePartitionStatus.State;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.TypeOptions.Binary;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mappings are followed from the first row on, and never change a table by half. */
@Tag("types")
@ExtendWith(Servers.class)
class MappingsTest {
  private static final Column NOTE = column("note", "VARCHAR", false, "string");
  private static final List<Column> COLUMNS = List.of(ID, NOTE);
  private static final String TYPE =
      "SELECT type, compression_codec FROM system.columns WHERE database = '%s' AND name = 'note'";

  private static TableMapping mapping(String name, String tables, String ofNote) {
    return SourceTopic.mappingOf(
        name,
        "{'tables':'%s','columns':{'note':{%s}}}".formatted(tables.replace("\\", "\\\\"), ofNote));
  }

  private static String options(boolean lowCardinality, String codec) {
    return "'lowCardinality':%s,'codec':'%s'".formatted(lowCardinality, codec);
  }

  private static String row(int id) {
    return created("{\"id\":%d,\"note\":\"x\"}".formatted(id));
  }

  @Test
  void aTableIsMadeAsItsMappingSaysAndStopsWhenAnotherTypeIsMapped(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("mapped")) {
      pipeline.source().mapping(mapping("low", "mapped\\.t", options(true, "ZSTD(7)")));
      pipeline.start();
      TableSchema schema = pipeline.table("mapped", "t", COLUMNS, List.of("id"));
      pipeline.source().publish(schema, row(1));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query(TYPE.formatted("mapped")))
          .isEqualTo("LowCardinality(String)\tCODEC(ZSTD(7))\n");
      pipeline.source().mapping(mapping("low", "mapped\\.t", options(false, "ZSTD(7)")));
      eventuallySees(
          "the table to fail as the mapping changed",
          Pipeline.SOON,
          () -> {
            pipeline.source().publish(schema, row(2));
            return ControlReader.status(pipeline.kafka(), schema.topic());
          },
          status ->
              status.state() == State.FAILED
                  && String.valueOf(status.reason())
                      .contains(
                          "column note is LowCardinality(String) and must be String by mapping low"));
      pipeline.source().mapping("low", null);
      pipeline.awaitFailure(schema, "must be String by mapping default", "NEW_TABLE");
      pipeline.source().mapping(mapping("again", "mapped\\..", options(true, "ZSTD(7)")));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT count() > 1 FROM mapped.t FINAL")).isEqualTo("1\n");
    }
  }

  @Test
  void aFormThatTheTypeDoesNotShowIsNotMixedWithAnother(ClickHouseServer clickHouse)
      throws Exception {
    Column bytes = column("note", "VARBINARY", false, "bytes");
    try (Pipeline pipeline = new Pipeline("mapform")) {
      pipeline.source().mapping(mapping("m", "mapform\\.t", binary(Binary.HEX)));
      TableSchema schema = pipeline.table("mapform", "t", List.of(ID, bytes), List.of("id"));
      TableSchema raw = pipeline.table("mapform", "raw", List.of(ID, bytes), List.of("id"));
      String row = created("{\"id\":1,\"note\":\"/w==\"}");
      pipeline.source().publish(schema, row);
      pipeline.source().publish(raw, row);
      pipeline.start();
      pipeline.awaitApplied(schema);
      pipeline.awaitApplied(raw);
      pipeline.stop();
      pipeline.source().mapping(mapping("m", "mapform\\.(t|raw)", binary(Binary.BASE64)));
      pipeline.source().publish(schema, row);
      pipeline.source().publish(raw, row);
      pipeline.start();
      pipeline.awaitFailure(schema, "column note holds values as HEX", "as BASE64 by mapping m");
      pipeline.awaitFailure(raw, "holds values as RAW", "COMMENT COLUMN `note`");
      pipeline.source().mapping("m", null);
      pipeline.awaitApplied(raw);
      pipeline.awaitFailure(schema, "must hold them as RAW by mapping default");
      pipeline.source().mapping(mapping("m", "mapform\\.t", binary(Binary.HEX)));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT note FROM mapform.t FINAL")).isEqualTo("FF\n");
    }
  }

  private static String binary(Binary form) {
    return "'binary':'%s'".formatted(form);
  }

  @Test
  void aMappingThatCantBeReadLeavesTheOneBeforeInForceAndIsOnShow(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("mapbad")) {
      pipeline.source().mapping(mapping("low", "mapbad\\.t", options(true, "ZSTD(7)")));
      RunningService service = pipeline.start();
      eventually(
          "readiness",
          Pipeline.SOON,
          () -> service.get("/actuator/health/readiness").startsWith("200"));
      assertThat(service.get("/actuator/health")).startsWith("200");
      pipeline.source().mapping("low", bytes("{\"name\":\"low\",\"tables\":\"mapbad\\\\.t\",\"o"));
      eventuallySees(
          "health to tell of it",
          Pipeline.SOON,
          () -> service.get("/actuator/health"),
          body -> body.contains("Mapping low can't be read") && body.contains("stays in force"));
      TableSchema schema = pipeline.table("mapbad", "t", COLUMNS, List.of("id"));
      pipeline.source().publish(schema, row(1));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query(TYPE.formatted("mapbad"))).startsWith("LowCardinality(String)");
      assertThat(service.get("/actuator/health/readiness")).startsWith("200");
    }
  }

  @Test
  void aTableWaitsForAMappingThatCouldNeverBeReadAndItsNeighboursGoOn(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("mapwait")) {
      pipeline
          .source()
          .mapping(
              "new", bytes("{\"name\":\"new\",\"tables\":\"mapwait\\\\.t\",\"keyless\":\"?\"}"));
      TableSchema concerned = pipeline.table("mapwait", "t", COLUMNS, List.of("id"));
      TableSchema other = pipeline.table("mapwait", "u", COLUMNS, List.of("id"));
      pipeline.source().publish(concerned, row(1));
      pipeline.source().publish(other, row(1));
      pipeline.start();
      pipeline.awaitReason(concerned, State.RETRYING, "Mapping new can't be read", "delete it");
      pipeline.awaitApplied(other);
      assertThat(clickHouse.query("EXISTS mapwait.t")).isEqualTo("0\n");
      pipeline.source().mapping(mapping("new", "mapwait\\.t", options(true, "LZ4")));
      pipeline.awaitApplied(concerned);
      assertThat(clickHouse.query("SELECT toTypeName(note) FROM mapwait.t"))
          .isEqualTo("LowCardinality(String)\n");
    }
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
