package dev.lockstep.apply.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.apply.TargetSettings;
import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.clickhouse.TableName;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("apply")
@ExtendWith(Servers.class)
class TargetPartsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final String DATABASE = "many `parts'";
  private static final String QUOTED = "`many \\`parts'`";

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  ClickHouseServer server;
  ClickHouse clickHouse;
  TargetParts parts;

  @BeforeEach
  void connect(ClickHouseServer shared) {
    server = shared;
    server.query("CREATE DATABASE " + QUOTED);
    clickHouse = at(server.httpUrl());
    parts = new TargetParts(clickHouse, now::get);
  }

  private ClickHouse at(String url) {
    return new ClickHouse(
        TargetSettings.of(
            server, Map.of("url", url, "connect-timeout", "5s", "request-timeout", "5s")));
  }

  @AfterEach
  void drop() {
    clickHouse.close();
    server.query("DROP DATABASE " + QUOTED + " SYNC");
  }

  private void table(String name, String settings) {
    server.query(
        "CREATE TABLE %s.%s (id Int32, part Int32) ENGINE = ReplacingMergeTree ORDER BY id PARTITION BY part %s"
            .formatted(QUOTED, name, settings));
    server.query("SYSTEM STOP MERGES %s.%s".formatted(QUOTED, name));
  }

  private void insert(String name, int... partitions) {
    for (int partition : partitions) {
      server.query("INSERT INTO %s.%s VALUES (1, %d)".formatted(QUOTED, name, partition));
    }
  }

  private void written(String topic, String table) {
    parts.written(topic, new TableName(DATABASE, table));
  }

  @Test
  void thePartsOfTheFullestPartitionCountAgainstTheTablesOwnLimit() {
    table("a", "SETTINGS parts_to_delay_insert = 10, parts_to_throw_insert = 100");
    table("b", "SETTINGS parts_to_throw_insert = 8");
    table("c", "");
    insert("a", 1, 1, 2, 2, 2);
    insert("b", 1);
    insert("c", 1);
    written("one", "a");
    written("two", "b");
    written("three", "c");
    written("both", "a");
    written("both", "b");
    assertThat(parts.count("one")).isNaN();
    assertThat(parts.share("one")).isZero();

    assertThat(parts.look()).isEmpty();

    assertThat(parts.count("one")).isEqualTo(3);
    assertThat(parts.share("one")).isEqualTo(0.3);
    assertThat(parts.share("two")).as("half of what is refused").isEqualTo(0.25);
    assertThat(parts.share("three")).as("ClickHouse's default").isEqualTo(0.001);
    assertThat(parts.count("both")).isEqualTo(3);
    assertThat(parts.count("unknown")).isNaN();
  }

  @Test
  void aTableThatIsNotBrakedIsStillKeptFromBeingRefused() {
    table("a", "SETTINGS parts_to_delay_insert = 0, parts_to_throw_insert = 8");
    insert("a", 1, 1);
    written("one", "a");
    parts.look();
    assertThat(parts.share("one")).isEqualTo(0.5);
  }

  @Test
  void aLimitThatIsAlteredIsSeenWithinAMinute() {
    table("a", "");
    insert("a", 1, 1);
    written("one", "a");
    parts.look();
    server.query("ALTER TABLE %s.a MODIFY SETTING parts_to_delay_insert = 4".formatted(QUOTED));
    now.set(NOON.plusSeconds(61));
    parts.look();
    assertThat(parts.share("one")).isEqualTo(0.5);
  }

  @Test
  void mergedAndDroppedPartsDoNotCount() {
    table("a", "");
    insert("a", 1, 1, 1);
    written("one", "a");
    server.query("SYSTEM START MERGES %s.a".formatted(QUOTED));
    server.query("OPTIMIZE TABLE %s.a FINAL".formatted(QUOTED));
    parts.look();
    assertThat(parts.count("one")).isEqualTo(1);
    server.query("DROP TABLE %s.a SYNC".formatted(QUOTED));
    parts.look();
    assertThat(parts.count("one")).isZero();
  }

  @Test
  void manyTablesAreLookedAtWithFewQueries() {
    table("last", "SETTINGS parts_to_delay_insert = 10");
    insert("last", 1);
    Set<String> topics =
        IntStream.range(0, 1_200).mapToObj(i -> "t" + i).collect(Collectors.toSet());
    topics.forEach(topic -> written(topic, "x".repeat(60) + topic));
    written("last", "last");
    assertThat(parts.look()).isEmpty();
    assertThat(parts.count("last")).isEqualTo(1);
    assertThat(parts.share("last")).isEqualTo(0.1);
    assertThat(parts.count("t7")).isZero();
  }

  @Test
  void topicsThatWereGivenAwayAreNotLookedAt() {
    table("a", "");
    insert("a", 1);
    written("one", "a");
    parts.look();
    parts.keep(Set.of("two"));
    assertThat(parts.count("one")).isNaN();
    assertThat(parts.share("one")).isZero();
  }

  @Test
  void whatWasSeenLastHoldsWhileClickHouseDoesNotAnswer() {
    try (ClickHouseServer own = SharedServers.ownClickHouse()) {
      own.start();
      own.query("CREATE DATABASE gone");
      own.query(
          "CREATE TABLE gone.a (id Int32) ENGINE = ReplacingMergeTree ORDER BY id SETTINGS parts_to_delay_insert = 2");
      own.query("INSERT INTO gone.a VALUES (1)");
      try (ClickHouse leaving = at(own.httpUrl())) {
        var seen = new TargetParts(leaving, now::get);
        seen.written("one", new TableName("gone", "a"));
        seen.look();
        own.kill();
        assertThat(seen.look().orElse("")).contains("ClickHouse can't be reached");
        assertThat(seen.count("one")).isNaN();
        assertThat(seen.share("one")).isEqualTo(0.5);
      }
    }
  }
}
