package dev.lockstep.capture.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("capture")
class PublishedPlaceTest {
  private static final String BEFORE = "a:1-7";

  static Map<String, Object> offset(String gtids, long pos, long event, long row) {
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
  void aHeartbeatBehindAnEventsLastRowTakesNothingOfItsBatchBack() {
    var place = new PublishedPlace(null);
    assertThat(
            place.advanceOver(
                List.of(
                    record(offset(BEFORE, 100, 4, 1)),
                    record(offset(BEFORE, 100, 4, 2)),
                    record(offset(BEFORE, 100, 4, 0)))))
        .isEqualTo(offset(BEFORE, 100, 4, 2));
    assertThat(place.advanceOver(List.of(record(offset(BEFORE, 100, 5, 0)))))
        .isEqualTo(offset(BEFORE, 100, 5, 0));
  }

  private static SourceRecord record(Map<String, Object> offset) {
    return new SourceRecord(Map.of(), offset, "t", null, null);
  }

  static SourceOffset at(Map<String, Object> offset, SourceOffset.@Nullable Part transaction) {
    return new SourceOffset(Map.of(), offset, 1, "one", transaction);
  }
}
