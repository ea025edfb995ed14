package dev.lockstep.system.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.event.EventHeaders;
import dev.lockstep.common.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The changes that a {@code read_committed} consumer sees of the table {@code <database>.t}, as
 * {@link SeededChanges} writes them; rows that a snapshot read are left out.
 *
 * @param inOrder partition by partition in the topic's order
 * @param deleted the keys of the deletes
 * @param tombstones the keys of the tombstones
 */
public record PublishedChanges(
    List<String> inOrder, List<String> deleted, List<String> tombstones) {
  /** Reads the data topic whole. Versions must rise within each partition. */
  public static PublishedChanges of(LockstepSuite suite, String database) {
    return of(suite.kafka(), database);
  }

  /** Reads the data topic whole. Versions must rise within each partition. */
  public static PublishedChanges of(KafkaSettings kafka, String database) {
    List<String> seen = new ArrayList<>();
    List<String> deleted = new ArrayList<>();
    List<String> tombstones = new ArrayList<>();
    Map<Integer, Long> versions = new HashMap<>();
    CommittedEvents.read(
        kafka,
        database + "." + database + ".t",
        item -> {
          long version = EventHeaders.read(item.headers(), EventHeaders.VERSION);
          Long before = versions.put(item.partition(), version);
          assertThat(version).isGreaterThan(before == null ? 0 : before);
          String key = new String(item.key(), StandardCharsets.UTF_8);
          if (item.value() == null) {
            tombstones.add(key);
          } else if (describe(item, seen).equals("d")) {
            deleted.add(key);
          }
        });
    return new PublishedChanges(seen, deleted, tombstones);
  }

  /** Its kind. */
  private static String describe(ConsumerRecord<byte[], byte[]> item, List<String> seen) {
    JsonNode event = JsonMapper.shared().readTree(item.value());
    String op = event.path("op").asString();
    if (!op.equals("r")) {
      JsonNode row = event.path(op.equals("d") ? "before" : "after");
      seen.add(op + " " + row.path("id").asInt() + " " + row.path("change_no").asLong());
    }
    return op;
  }

  /**
   * Each change was published once, those of one key in the order of their commits, and each delete
   * has its tombstone.
   */
  public void assertOnceAndInOrder(SeededChanges changes) {
    assertThat(inOrder).hasSize(changes.count());
    assertThat(tombstones).containsExactlyInAnyOrderElementsOf(deleted);
    assertThat(byKey(inOrder)).isEqualTo(byKey(changes.done()));
  }

  /** What the last change of each row says, as {@code id change_no}, in the order of the ids. */
  public List<String> rows() {
    Map<Integer, String> rows = new TreeMap<>();
    for (String change : inOrder) {
      String[] parts = change.split(" ", 3);
      if (parts[0].equals("d")) {
        rows.remove(Integer.valueOf(parts[1]));
      } else {
        rows.put(Integer.valueOf(parts[1]), parts[1] + " " + parts[2]);
      }
    }
    return List.copyOf(rows.values());
  }

  private static Map<String, List<String>> byKey(List<String> changes) {
    return changes.stream().collect(Collectors.groupingBy(change -> change.split(" ", 3)[1]));
  }
}
