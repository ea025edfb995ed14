package dev.lockstep.capture.publish;

import static org.assertj.core.api.Assertions.assertThat;

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
class PublishedRowsTest {
  private static final String BEFORE = "a:1-7";

  @Test
  void onAnotherServerTheTransactionThatIsUnderWayIsReadFromItsBeginAndItsRestPublished() {
    SourceOffset committed =
        PublishedPlaceTest.at(
            PublishedPlaceTest.offset(BEFORE, 100, 5, 3), new SourceOffset.Part("a:8", 3));
    assertThat(committed.on("one")).isSameAs(committed);
    SourceOffset begin = committed.on("other");
    assertThat(begin.offset()).isEqualTo(PublishedPlaceTest.offset(BEFORE, 100, 0, 0));
    var rows = new PublishedRows(begin);
    SourceRecord heartbeat = record(null, "h");
    assertThat(unpublished(rows, record("a:8", "1"), heartbeat)).isEmpty();
    SourceRecord rest = record("a:8", "3");
    assertThat(unpublished(rows, record("a:8", "2"), tombstone(), rest))
        .containsExactly(heartbeat, rest);
    assertThat(rows.part(PublishedPlaceTest.offset(BEFORE, 100, 6, 1)))
        .isEqualTo(new SourceOffset.Part("a:8", 4));
    SourceRecord next = record("a:9", "4");
    assertThat(unpublished(rows, next)).containsExactly(next);
    assertThat(rows.part(PublishedPlaceTest.offset("a:1-8", 500, 2, 1)))
        .isEqualTo(new SourceOffset.Part("a:9", 1));
    assertThat(rows.part(PublishedPlaceTest.offset("a:1-9", 900, 0, 0))).isNull();
  }

  @Test
  void aBatchThatEndsWithWhatIsPublishedWaitsForMore() {
    SourceOffset committed =
        PublishedPlaceTest.at(
            PublishedPlaceTest.offset(BEFORE, 100, 5, 3), new SourceOffset.Part("a:8", 1));
    var rows = new PublishedRows(committed.on("other"));
    SourceRecord heartbeat = record(null, "h");
    assertThat(unpublished(rows, heartbeat, record("a:8", "1"))).isEmpty();
    SourceRecord rest = record("a:8", "2");
    assertThat(unpublished(rows, rest)).containsExactly(heartbeat, rest);
  }

  @Test
  void anotherTransactionThatComesFirstIsPublishedWhole() {
    SourceOffset begin =
        PublishedPlaceTest.at(
                PublishedPlaceTest.offset(BEFORE, 100, 5, 3), new SourceOffset.Part("a:8", 3))
            .on("other");
    SourceRecord[] batch = {record("b:1", "1"), record("a:8", "2")};
    assertThat(unpublished(new PublishedRows(begin), batch)).containsExactly(batch);
  }

  private static List<SourceRecord> unpublished(PublishedRows rows, SourceRecord... batch) {
    return rows.unpublished(List.of(batch), _ -> {});
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
