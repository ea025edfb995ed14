package dev.lockstep.system.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.event.EventHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The changes that a {@code read_committed} consumer sees of the table {@code <database>.t}, as
 * {@link SeededChanges} writes them; rows that a snapshot read are left out.
 *
 * @param inOrder partition by partition in the topic's order
 */
public record PublishedChanges(List<String> inOrder) {
  /** Reads the data topic whole. Versions must rise within each partition. */
  public static PublishedChanges of(LockstepSuite suite, String database) {
    List<String> seen = new ArrayList<>();
    Map<Integer, Long> versions = new HashMap<>();
    CommittedEvents.read(
        suite.kafka(),
        database + "." + database + ".t",
        item -> {
          long version = EventHeaders.read(item.headers(), EventHeaders.VERSION);
          Long before = versions.put(item.partition(), version);
          assertThat(version).isGreaterThan(before == null ? 0 : before);
          if (item.value() != null) {
            describe(item, seen);
          }
        });
    return new PublishedChanges(seen);
  }

  private static void describe(ConsumerRecord<byte[], byte[]> item, List<String> seen) {
    JsonNode event = JsonMapper.shared().readTree(item.value());
    String op = event.path("op").asString();
    if (!op.equals("r")) {
      JsonNode row = event.path(op.equals("d") ? "before" : "after");
      seen.add(op + " " + row.path("id").asInt() + " " + row.path("change_no").asLong());
    }
  }

  /** Each change was published once, and those of one key in the order of their commits. */
  public void assertOnceAndInOrder(SeededChanges changes) {
    assertThat(inOrder).hasSize(changes.count());
    assertThat(byKey(inOrder)).isEqualTo(byKey(changes.done()));
  }

  private static Map<String, List<String>> byKey(List<String> changes) {
    return changes.stream().collect(Collectors.groupingBy(change -> change.split(" ", 3)[1]));
  }
}
