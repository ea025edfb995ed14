package dev.lockstep.system.types;

import dev.lockstep.system.suite.CommittedEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
    String topic = connector + "." + table;
    List<Letter> letters = new ArrayList<>();
    CommittedEvents.read(
        stack.suite().kafka(),
        stack.suite().kafka().topics().deadLetters(),
        letter -> {
          if (header(letter, "lockstep.topic").equals(topic)) {
            letters.add(read(letter));
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
