package dev.lockstep.system.types;

import dev.lockstep.system.suite.CommittedEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dead letter.
 *
 * @param id the row's {@code id}
 * @param column the column whose value could not be applied
 * @param reason why
 */
record Letter(int id, String column, String reason) {

  /** All of a source table, {@code database.table}, of a connector. */
  static List<Letter> of(TypesStack stack, String connector, String table) {
    return byTable(stack, connector).getOrDefault(table, List.of());
  }

  /** All of a connector, by the source table, {@code database.table}. */
  static Map<String, List<Letter>> byTable(TypesStack stack, String connector) {
    String prefix = connector + ".";
    Map<String, List<Letter>> letters = new HashMap<>();
    CommittedEvents.read(
        stack.suite().kafka(),
        stack.suite().kafka().topics().deadLetters(),
        letter -> {
          String topic = header(letter, "lockstep.topic");
          if (topic.startsWith(prefix)) {
            letters
                .computeIfAbsent(topic.substring(prefix.length()), _ -> new ArrayList<>())
                .add(read(letter));
          }
        });
    return letters;
  }

  private static Letter read(ConsumerRecord<byte[], byte[]> letter) {
    JsonNode row = JsonMapper.shared().readTree(letter.value()).path("after");
    return new Letter(
        row.path("id").asInt(),
        header(letter, "lockstep.error.column"),
        header(letter, "lockstep.error"));
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    var header = letter.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
