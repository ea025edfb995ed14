package dev.lockstep.capture.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.schemas.SchemaTracker.Use;
import dev.lockstep.common.schema.TableSchema;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("types")
class SchemaTrackerTest {
  private static final Schema SOURCE =
      SchemaBuilder.struct()
          .field("db", Schema.STRING_SCHEMA)
          .field("table", Schema.STRING_SCHEMA)
          .build();

  @Test
  void tablesThatShareATopicEachHaveTheirSchemaAlsoAfterARestart() {
    SourceRecord one = change("a b", envelope("one"));
    SourceRecord other = change("a_b", envelope("other"));
    var tracker = new SchemaTracker("c", List.of());
    Use first = tracker.schemaOf(one, 1);
    Use second = tracker.schemaOf(other, 2);
    assertThat(first.isNew() && second.isNew()).isTrue();
    for (int version = 3; version < 9; version += 2) {
      assertThat(tracker.schemaOf(one, version)).isEqualTo(new Use(first.schema(), false));
      assertThat(tracker.schemaOf(other, version + 1)).isEqualTo(new Use(second.schema(), false));
    }
    var next = new SchemaTracker("c", List.of(second.schema(), first.schema()));
    assertThat(next.schemaOf(change("a b", envelope("one")), 9))
        .isEqualTo(new Use(first.schema(), false));
    assertThat(next.schemaOf(change("a_b", envelope("other")), 10))
        .isEqualTo(new Use(second.schema(), false));
  }

  @Test
  void aChangeIsPublishedOnceAndSoIsTheWayBack() {
    var tracker = new SchemaTracker("c", List.of());
    TableSchema first = tracker.schemaOf(change("t", envelope("v")), 1).schema();
    SourceRecord wider = change("t", envelope("w"));
    assertThat(tracker.schemaOf(wider, 2).isNew()).isTrue();
    assertThat(tracker.schemaOf(wider, 3).isNew()).isFalse();
    Use back = tracker.schemaOf(change("t", envelope("v")), 4);
    assertThat(back.isNew()).isTrue();
    assertThat(back.schema().id()).isEqualTo(4);
    assertThat(back.schema().sameShape(first)).isTrue();
  }

  private static Schema envelope(String column) {
    Schema row = SchemaBuilder.struct().field(column, Schema.INT32_SCHEMA).optional().build();
    return SchemaBuilder.struct()
        .name("x.Envelope")
        .field("after", row)
        .field("source", SOURCE)
        .build();
  }

  private static SourceRecord change(String table, Schema envelope) {
    Struct source = new Struct(SOURCE).put("db", "d").put("table", table);
    return new SourceRecord(
        Map.of(), Map.of(), "p.d.t", envelope, new Struct(envelope).put("source", source));
  }
}
