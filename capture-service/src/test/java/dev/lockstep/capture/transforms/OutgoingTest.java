package dev.lockstep.capture.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.capture.resets.TableRead;
import io.debezium.data.Envelope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("capture")
class OutgoingTest {
  private static final String KAFKA = "org.apache.kafka.connect.transforms.";
  private static final Schema ROW =
      SchemaBuilder.struct().optional().field("id", Schema.INT32_SCHEMA).build();
  private static final Schema SOURCE =
      SchemaBuilder.struct().field("table", Schema.STRING_SCHEMA).build();

  private static SourceRecord change(String topic) {
    Envelope envelope =
        Envelope.defineSchema()
            .withName(Envelope.schemaName(topic))
            .withRecord(ROW)
            .withSource(SOURCE)
            .build();
    Struct row = new Struct(ROW).put("id", 1);
    Struct source = new Struct(SOURCE).put("table", "t");
    return new SourceRecord(
        Map.of(),
        Map.of(),
        topic,
        ROW,
        row,
        envelope.schema(),
        envelope.create(row, source, Instant.EPOCH));
  }

  private static SourceRecord tombstone(String topic) {
    return new SourceRecord(
        Map.of(), Map.of(), topic, ROW, new Struct(ROW).put("id", 1), null, null);
  }

  private static Transforms transforms(String type, Map<String, String> settings) {
    Map<String, String> config =
        new HashMap<>(Map.of("transforms", "x", "transforms.x.type", type));
    settings.forEach((key, value) -> config.put("transforms.x." + key, value));
    return Transforms.of(config, "lockstep");
  }

  private static Transforms routed(String to) {
    return transforms(KAFKA + "RegexRouter", Map.of("regex", ".*", "replacement", to));
  }

  @Test
  void withoutTransformsRowsAreRowsAndTheRestIsNot() {
    try (var none = Transforms.of(Map.of("transforms", " , "), "lockstep")) {
      SourceRecord row = change("p.d.t");
      SourceRecord tombstone = tombstone("p.d.t");
      assertThat(none.apply(List.of(row, tombstone)))
          .containsExactly(new Outgoing.Row(row, ROW), new Outgoing.Other(tombstone));
    }
  }

  @Test
  void whatASnapshotHasReadIsToldThoughEveryRecordIsRouted() {
    SourceRecord marker = new TableRead("d.t", null).at(Map.of(), Map.of(), "p");
    try (var routed = routed("elsewhere")) {
      List<Outgoing> outgoing = routed.apply(List.of(marker, change("p.d.t")));
      assertThat(outgoing.getFirst()).isEqualTo(new Outgoing.Other(marker));
      assertThat(outgoing.getLast()).isInstanceOf(Outgoing.Row.class);
      assertThat(outgoing.getLast().item().topic()).isEqualTo("elsewhere");
    }
  }

  @Test
  void aTombstoneIsAnEventWhereTheRowsOfItsTableAre() {
    try (var bare = transforms(KAFKA + "ExtractField$Value", Map.of("field", "after"))) {
      assertThat(bare.apply(List.of(change("p.d.t"), tombstone("p.d.t"), tombstone("p.d.u"))))
          .extracting(outgoing -> outgoing.getClass().getSimpleName())
          .containsExactly("Event", "Event", "Other");
    }
  }

  @Test
  void namesOfTopicsThatAreNotForRowsAreRefused() {
    for (String forbidden : List.of("lockstep.offsets", "__consumer_offsets")) {
      try (var routed = routed(forbidden)) {
        assertThatThrownBy(() -> routed.apply(List.of(change("p.d.t"))))
            .isInstanceOf(TransformException.class)
            .hasMessageContainingAll("p.d.t", forbidden);
      }
    }
    try (var routed = routed("lockstep-demo")) {
      assertThat(routed.apply(List.of(change("p.d.t")))).hasSize(1);
    }
  }

  @Test
  void transformsThatCanNotBeMadeAreAnErrorOfTheConfig() {
    assertThatThrownBy(() -> transforms("no.such.Class", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("transforms can't be used");
  }
}
