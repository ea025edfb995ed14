package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.apply.SourceTopic.deleted;
import static dev.lockstep.apply.SourceTopic.updated;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.kafka.CompactedTopic;
import dev.lockstep.common.mapping.TableMapping.Mode;
import dev.lockstep.common.replay.ReplayBook;
import dev.lockstep.common.replay.ReplayRequest;
import dev.lockstep.common.replay.ReplayRequest.Into;
import dev.lockstep.common.replay.ReplayRequest.Source;
import dev.lockstep.common.replay.ReplayStatus;
import dev.lockstep.common.replay.ReplayStatus.State;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("apply")
@ExtendWith(Servers.class)
@SuppressWarnings("try") // the topic fills the book
class ReplaysTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private static String row(int id, String name) {
    return "{\"id\":%d,\"name\":\"%s\"}".formatted(id, name);
  }

  private static String[] rows(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(id -> created(row(id, "n" + id)))
        .toArray(String[]::new);
  }

  private static ReplayRequest request(
      TableSchema schema,
      Source source,
      Into into,
      @Nullable Mode mode,
      Map<Integer, Long> from,
      List<Long> letters) {
    return new ReplayRequest(
        UUID.randomUUID().toString(),
        schema.database(),
        schema.table(),
        source,
        null,
        from,
        into,
        mode,
        letters,
        Instant.now(),
        false);
  }

  private static ReplayRequest rebuild(TableSchema schema) {
    return request(schema, Source.TOPIC, Into.NEW_TABLE, null, Map.of(), List.of());
  }

  private static ReplayRequest ofDeadLetters(TableSchema schema, Long... offsets) {
    return request(schema, Source.DEAD_LETTERS, Into.TABLE, null, Map.of(), List.of(offsets));
  }

  /** Waits until it has ended. */
  private static ReplayStatus replay(Pipeline pipeline, ReplayRequest request) {
    var book = new ReplayBook();
    try (var topic =
        new CompactedTopic(pipeline.kafka(), pipeline.kafka().topics().replays(), book::accept)) {
      pipeline.source().replay(request);
      return eventuallySees(
          "the replay of " + request.table() + " to end",
          SOON,
          () -> book.status(request),
          status -> status.state().isFinal());
    }
  }

  private static String leftBeside(ClickHouseServer clickHouse, String database) throws Exception {
    return clickHouse.query(
        "SELECT name FROM system.tables WHERE database = '%s' AND name LIKE '%%rebuild%%'"
            .formatted(database));
  }

  @Test
  void deadLettersAreAppliedOnceTheirCauseIsGoneAndNeverOverNewerRows(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("relet")) {
      TableSchema schema = pipeline.table("relet", "t", List.of(ID, NAME), List.of("id"));
      pipeline.start();
      pipeline.source().publish(schema, created(row(0, "ok")));
      pipeline.awaitApplied(schema);
      clickHouse.query("ALTER TABLE relet.t ADD CONSTRAINT c CHECK ifNull(name, '') != 'bad'");
      pipeline.source().publish(schema, created(row(1, "old")), created(row(2, "two")));
      pipeline.source().publish(schema, updated(row(1, "old"), row(1, "bad")));
      pipeline.source().publish(schema, created(row(3, "bad")), created(row(4, "bad")));
      pipeline.source().publish(schema, updated(row(2, "two"), row(2, "bad")));
      pipeline.awaitApplied(schema);
      // Newer than what is in quarantine: a change of one, a deletion of another.
      pipeline.source().publish(schema, updated(row(1, "bad"), row(1, "new")));
      pipeline.source().publish(schema, deleted(row(4, "bad")));
      assertThat(pipeline.awaitApplied(schema).recordsQuarantined()).isGreaterThanOrEqualTo(4);
      String rows = "SELECT id, name FROM relet.t FINAL ORDER BY id";
      assertThat(clickHouse.query(rows)).isEqualTo("0\tok\n1\tnew\n");

      ReplayStatus tooEarly = replay(pipeline, ofDeadLetters(schema));
      assertThat(tooEarly.state()).isEqualTo(State.COMPLETED);
      assertThat(tooEarly.recordsRead()).isGreaterThanOrEqualTo(4);
      assertThat(tooEarly.recordsQuarantined()).isGreaterThanOrEqualTo(4);
      assertThat(tooEarly.rowsApplied()).isZero();
      assertThat(clickHouse.query(rows)).isEqualTo("0\tok\n1\tnew\n");

      clickHouse.query("ALTER TABLE relet.t DROP CONSTRAINT c");
      ReplayStatus replayed = replay(pipeline, ofDeadLetters(schema));
      assertThat(replayed.state()).isEqualTo(State.COMPLETED);
      assertThat(replayed.recordsRead())
          .as("none was written again")
          .isEqualTo(tooEarly.recordsRead());
      assertThat(replayed.recordsQuarantined()).isZero();
      assertThat(clickHouse.query(rows)).isEqualTo("0\tok\n1\tnew\n2\tbad\n3\tbad\n");
      clickHouse.query("OPTIMIZE TABLE relet.t FINAL");
      assertThat(clickHouse.query(rows)).isEqualTo("0\tok\n1\tnew\n2\tbad\n3\tbad\n");
    }
  }

  @Test
  void singleDeadLettersCanBeNamed(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("relone")) {
      TableSchema schema = pipeline.table("relone", "t", List.of(ID, NAME), List.of("id"));
      pipeline.start();
      pipeline.source().publish(schema, created(row(0, "ok")));
      pipeline.awaitApplied(schema);
      clickHouse.query("ALTER TABLE relone.t ADD CONSTRAINT c CHECK ifNull(name, '') != 'bad'");
      pipeline.source().publish(schema, created(row(1, "bad")), created(row(2, "bad")));
      pipeline.awaitApplied(schema);
      clickHouse.query("ALTER TABLE relone.t DROP CONSTRAINT c");
      assertThat(replay(pipeline, ofDeadLetters(schema, 1L)).recordsRead()).isEqualTo(1);
      assertThat(clickHouse.query("SELECT id FROM relone.t FINAL ORDER BY id")).isEqualTo("0\n2\n");
    }
  }

  @Test
  void aTableIsRebuiltByAnotherMappingWhileItsStreamGoesOn(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("rebuilt")) {
      TableSchema schema = pipeline.table("rebuilt", "t", List.of(ID, NAME), List.of("id"));
      pipeline.start();
      pipeline.source().publish(schema, rows(0, 20_000));
      pipeline.source().publish(schema, deleted(row(7, "n7")), updated(row(8, "n8"), row(8, "x")));
      pipeline.awaitApplied(schema);
      pipeline.source().map("m", "{'tables':'rebuilt\\\\.t','columns':{'name':{'name':'title'}}}");
      pipeline.awaitFailureOn(schema, created(row(20_000, "n20000")), "title");
      var stop = new AtomicBoolean();
      var last = new AtomicInteger(20_000);
      Thread writes =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!stop.get()) {
                      int id = last.get() + 1;
                      pipeline.source().publish(schema, rows(id, id + 10));
                      last.addAndGet(10);
                    }
                  });
      try {
        ReplayStatus status = rebuildWith(pipeline, rebuild(schema));
        assertThat(status.reason()).isNull();
        assertThat(status.state()).isEqualTo(State.COMPLETED);
      } finally {
        stop.set(true);
        writes.join(Duration.ofSeconds(10));
      }
      pipeline.awaitApplied(schema);
      assertThat(
              clickHouse.query(
                  "SELECT count(), max(id), countIf(title = 'n' || toString(id)) FROM rebuilt.t FINAL"))
          .isEqualTo("%d\t%d\t%d\n".formatted(last.get(), last.get(), last.get() - 1));
      assertThat(leftBeside(clickHouse, "rebuilt")).isEmpty();
    }
  }

  /** The requests are published by a producer of their own, as one is busy. */
  private static ReplayStatus rebuildWith(Pipeline pipeline, ReplayRequest request)
      throws Exception {
    var book = new ReplayBook();
    try (var other = new SourceTopic(pipeline.kafka());
        var topic =
            new CompactedTopic(
                pipeline.kafka(), pipeline.kafka().topics().replays(), book::accept)) {
      other.replay(request);
      return eventuallySees(
          "the rebuild to end", SOON, () -> book.status(request), now -> now.state().isFinal());
    }
  }

  @Test
  void aTableThatIsGoneIsFilledAgainWithItsHistoryAndEvents(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("regone")) {
      pipeline.source().map("m", "{'tables':'regone\\\\..*'}");
      pipeline.source().map("h", "{'tables':'regone\\\\.t','mode':'HISTORY'}");
      pipeline.source().map("e", "{'tables':'regone\\\\.t','mode':'APPEND'}");
      TableSchema schema = pipeline.table("regone", "t", List.of(ID, NAME), List.of("id"));
      TableSchema bare = pipeline.table("regone", "bare", List.of(ID, NAME), List.of());
      pipeline.start();
      for (TableSchema each : List.of(schema, bare)) {
        pipeline.source().publish(each, rows(0, 100));
        pipeline.source().publish(each, rows(100, 200));
        pipeline
            .source()
            .publish(each, updated(row(5, "n5"), row(5, "five")), deleted(row(6, "n6")));
        pipeline.awaitApplied(each);
      }
      String sums =
          "SELECT (SELECT sum(cityHash64(id, name)) FROM regone.t FINAL), (SELECT sum(cityHash64(id, name, _op, _valid_from, _valid_to)) FROM regone.t__history), (SELECT sum(cityHash64(id, name, _op, _version)) FROM regone.t__events FINAL), (SELECT sum(cityHash64(id, name)) FROM regone.bare)";
      String before = clickHouse.query(sums);
      clickHouse.query("DROP TABLE regone.t");
      clickHouse.query("TRUNCATE TABLE regone.t__events");
      clickHouse.query("TRUNCATE TABLE regone.bare__rows");
      assertThat(replay(pipeline, rebuild(schema)).state()).isEqualTo(State.COMPLETED);
      assertThat(replay(pipeline, rebuild(bare)).state()).isEqualTo(State.COMPLETED);
      assertThat(clickHouse.query(sums)).isEqualTo(before);
      assertThat(leftBeside(clickHouse, "regone")).isEmpty();
      pipeline.source().publish(schema, created(row(300, "later")));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT count() FROM regone.t FINAL WHERE id = 300"))
          .isEqualTo("1\n");
    }
  }

  @Test
  void recordsFromAnOffsetOnAreAppliedIntoTheTable(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("refrom")) {
      TableSchema schema = pipeline.table("refrom", "t", List.of(ID, NAME), List.of("id"));
      pipeline.start();
      pipeline.source().publish(schema, rows(0, 100));
      pipeline.awaitApplied(schema);
      clickHouse.query("TRUNCATE TABLE refrom.t");
      ReplayStatus status =
          replay(
              pipeline, request(schema, Source.TOPIC, Into.TABLE, null, Map.of(0, 60L), List.of()));
      assertThat(status.state()).isEqualTo(State.COMPLETED);
      assertThat(status.recordsRead()).isEqualTo(40);
      assertThat(clickHouse.query("SELECT count(), min(id) FROM refrom.t FINAL"))
          .isEqualTo("40\t60\n");
      ReplayStatus beyond =
          replay(
              pipeline,
              request(schema, Source.TOPIC, Into.TABLE, null, Map.of(0, 6000L), List.of()));
      assertThat(beyond.state()).isEqualTo(State.FAILED);
      assertThat(beyond.reason()).contains("Offset 6000 is not in refromsrc.refrom.t-0");
      ReplayStatus noMode =
          replay(
              pipeline,
              request(schema, Source.TOPIC, Into.NEW_TABLE, Mode.HISTORY, Map.of(), List.of()));
      assertThat(noMode.state()).isEqualTo(State.FAILED);
      assertThat(noMode.reason()).contains("No mapping of mode HISTORY is for refrom.t");
    }
  }

  @Test
  void aRebuildThatIsCancelledLeavesTheTableAsItWas(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("recancel")) {
      TableSchema schema = pipeline.table("recancel", "t", List.of(ID, NAME), List.of("id"));
      pipeline.start();
      pipeline.source().publish(schema, rows(0, 100));
      pipeline.awaitApplied(schema);
      ReplayRequest request = rebuild(schema);
      pipeline.source().replay(request.cancel());
      assertThat(replay(pipeline, request).state()).isEqualTo(State.CANCELLED);
      assertThat(clickHouse.query("SELECT count() FROM recancel.t FINAL")).isEqualTo("100\n");
      assertThat(leftBeside(clickHouse, "recancel")).isEmpty();
    }
  }
}
