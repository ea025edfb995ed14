package dev.lockstep.capture.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("capture")
class PublishedPlaceTest {
  private static final String BEFORE = "a:1-7";

  private static Map<String, Object> offset(String gtids, long pos, long event, long row) {
    Map<String, Object> offset = new HashMap<>();
    offset.put("file", "binlog.000001");
    offset.put("pos", pos);
    if (!gtids.isEmpty()) {
      offset.put("gtids", gtids);
    }
    if (event > 0) {
      offset.put("event", event);
    }
    if (row > 0) {
      offset.put("row", row);
    }
    return offset;
  }

  @Test
  void aHeartbeatBetweenAnEventsRowsAndItsEndDoesNotTakeTheRowsBack() {
    var place = new PublishedPlace(null);
    assertThat(place.advanceTo(offset(BEFORE, 100, 5, 3))).containsEntry("row", 3L);
    Map<String, Object> heartbeat = offset(BEFORE, 100, 5, 0);
    heartbeat.put("incremental_snapshot_correlation_id", "s");
    assertThat(place.advanceTo(heartbeat))
        .containsEntry("row", 3L)
        .containsEntry("incremental_snapshot_correlation_id", "s");
    assertThat(place.advanceTo(offset(BEFORE, 100, 6, 1))).containsEntry("event", 6L);
  }

  @Test
  void whatIsSkippedAfterARestartStaysPublished() {
    var place = new PublishedPlace(at(offset(BEFORE, 100, 5_000, 2), null));
    Map<String, Object> skipping = place.advanceTo(offset(BEFORE, 4, 10, 0));
    assertThat(skipping).isEqualTo(offset(BEFORE, 100, 5_000, 2));
    assertThat(place.advanceTo(offset(BEFORE, 100, 5_000, 3))).containsEntry("row", 3L);
    assertThat(place.advanceTo(offset("a:1-8", 900, 0, 0))).isEqualTo(offset("a:1-8", 900, 0, 0));
  }

  @Test
  void withoutGtidsATransactionIsKnownByWhereItBegins() {
    var place = new PublishedPlace(at(offset("", 100, 5, 0), null));
    assertThat(place.advanceTo(offset("", 100, 2, 0))).containsEntry("event", 5L);
    assertThat(place.advanceTo(offset("", 700, 2, 0))).isEqualTo(offset("", 700, 2, 0));
  }

  @Test
  void onAnotherServerTheTransactionThatIsUnderWayIsReadFromItsBeginAndItsRestPublished() {
    SourceOffset committed = at(offset(BEFORE, 100, 5, 3), new SourceOffset.Part("a:8", 3));
    assertThat(committed.on("one")).isSameAs(committed);
    SourceOffset begin = committed.on("other");
    assertThat(begin.offset()).isEqualTo(offset(BEFORE, 100, 0, 0));
    var place = new PublishedPlace(begin);
    SourceRecord heartbeat = record(null, "h");
    assertThat(place.unpublished(List.of(record("a:8", "1"), heartbeat))).isEmpty();
    SourceRecord rest = record("a:8", "3");
    assertThat(place.unpublished(List.of(record("a:8", "2"), tombstone(), rest)))
        .containsExactly(heartbeat, rest);
    assertThat(place.part(offset(BEFORE, 100, 6, 1))).isEqualTo(new SourceOffset.Part("a:8", 4));
    List<SourceRecord> next = List.of(record("a:9", "4"));
    assertThat(place.unpublished(next)).isEqualTo(next);
    assertThat(place.part(offset("a:1-8", 500, 2, 1))).isEqualTo(new SourceOffset.Part("a:9", 1));
    assertThat(place.part(offset("a:1-9", 900, 0, 0))).isNull();
  }

  @Test
  void anotherTransactionThatComesFirstIsPublishedWhole() {
    SourceOffset begin = at(offset(BEFORE, 100, 5, 3), new SourceOffset.Part("a:8", 3)).on("other");
    List<SourceRecord> batch = List.of(record("b:1", "1"), record("a:8", "2"));
    assertThat(new PublishedPlace(begin).unpublished(batch)).isEqualTo(batch);
  }

  private static SourceOffset at(
      Map<String, Object> offset, SourceOffset.@Nullable Part transaction) {
    return new SourceOffset(Map.of(), offset, 1, "one", transaction);
  }

  private static SourceRecord tombstone() {
    return new SourceRecord(Map.of(), Map.of(), "t", null, null);
  }

  private static SourceRecord record(@Nullable String gtid, String op) {
    Schema source =
        SchemaBuilder.struct().field("gtid", Schema.OPTIONAL_STRING_SCHEMA).optional().build();
    Schema schema =
        SchemaBuilder.struct().field("op", Schema.STRING_SCHEMA).field("source", source).build();
    Struct value = new Struct(schema).put("op", op);
    if (gtid != null) {
      value.put("source", new Struct(source).put("gtid", gtid));
    }
    return new SourceRecord(Map.of(), Map.of(), "t", schema, value);
  }
}
