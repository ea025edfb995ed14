package dev.lockstep.system.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.system.suite.CommittedEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts with bytes that stand for no character: in quarantine, and no near miss in the target. */
@Tag("types")
@ExtendWith({Servers.class, OnTypesStack.class})
class UndecodableTest {
  private static final String CONNECTOR = "types-undecodable";
  private static final String DATABASE = "types_undecodable";
  private static final Pattern BYTES = Pattern.compile("value X'([0-9A-F]+)' has bytes");

  @BeforeAll
  static void carryOut(TypesStack stack) throws Exception {
    stack.write(
        List.of(
            "CREATE DATABASE types_undecodable",
            "USE types_undecodable",
            "CREATE TABLE t (id INT PRIMARY KEY, w VARCHAR(9) CHARACTER SET cp1250,"
                + " s TEXT CHARACTER SET sjis, u CHAR(9) CHARACTER SET ucs2,"
                + " th VARCHAR(9) CHARACTER SET tis620)",
            "CREATE TABLE keyed (k VARCHAR(9) CHARACTER SET sjis PRIMARY KEY, v INT)",
            "CREATE TABLE last (id INT PRIMARY KEY)",
            rows(0),
            "INSERT INTO keyed VALUES ('?', 1), (_sjis X'8540', 2), ('a', 3)",
            "INSERT INTO last VALUES (1)"));
    stack.connect(CONNECTOR, DATABASE);
    String all = "SELECT id FROM types_undecodable.last";
    stack.both().awaitEqual(all, all + " FINAL", TypesStack.LIMIT);
    stack.write(
        List.of(
            "USE types_undecodable",
            rows(100),
            "UPDATE t SET w = _cp1250 X'98' WHERE id = 1",
            "UPDATE t SET w = _cp1250 X'98' WHERE id = 3",
            "UPDATE t SET w = 'ž' WHERE id = 3",
            "UPDATE t SET s = '漢?' WHERE id = 4",
            "DELETE FROM t WHERE id = 6",
            "UPDATE keyed SET v = 10 WHERE v = 1",
            "DELETE FROM keyed WHERE v = 2",
            "INSERT INTO keyed VALUES (_sjis X'8541', 4)",
            "UPDATE keyed SET k = _sjis X'8542' WHERE v = 3"));
  }

  /** Every other row is good; there are question marks among them that the source holds. */
  private static String rows(int base) {
    return """
    INSERT INTO types_undecodable.t VALUES (%d, 'š', '漢', '漢', 'ก'), (%d, _cp1250 X'6181', '', '', ''),
     (%d, '?', '?', '?', '?'), (%d, '', _sjis X'8540', '', ''), (%d, '', 'ｱ', '', ''),
     (%d, '', '', _ucs2 X'0061D83D0062', ''), (%d, NULL, NULL, NULL, NULL),
     (%d, '', '', '', _tis620 X'61FF')
    """
        .formatted(base + 1, base + 2, base + 3, base + 4, base + 5, base + 6, base + 7, base + 8);
  }

  @Test
  void aRowWithBytesOfNoCharacterIsInTheDeadLettersAndItsNeighboursAreApplied(TypesStack stack)
      throws Exception {
    assertThat(awaitLetters(stack, "t", 10))
        .containsExactly(
            "c 102 w 6181",
            "c 104 s 8540",
            "c 106 u 0061D83D0062",
            "c 108 th 61FF",
            "r 2 w 6181",
            "r 4 s 8540",
            "r 6 u 0061D83D0062",
            "r 8 th 61FF",
            "u 1 w 98",
            "u 3 w 98");
    String good = " WHERE id IN (3, 4, 5, 7) OR id > 100 AND id % 2 = 1 ORDER BY id";
    stack
        .both()
        .awaitEqual(
            "SELECT id, HEX(CONVERT(w USING utf8mb4)), HEX(CONVERT(s USING utf8mb4)),"
                + " HEX(CONVERT(u USING utf8mb4)), HEX(CONVERT(th USING utf8mb4))"
                + " FROM types_undecodable.t"
                + good,
            "SELECT id, hex(w), hex(s), hex(u), hex(th) FROM types_undecodable.t FINAL"
                + " ORDER BY id",
            TypesStack.LIMIT);
  }

  @Test
  void aKeyWithBytesOfNoCharacterTouchesNoRowThatHoldsAQuestionMark(TypesStack stack)
      throws Exception {
    assertThat(awaitLetters(stack, "keyed", 4))
        .containsExactly("c 3 k 8542", "c 4 k 8541", "d 2 k 8540", "r 2 k 8540");
    stack
        .both()
        .awaitEqual(
            "SELECT CONVERT(k USING utf8mb4), v FROM types_undecodable.keyed WHERE k = '?'",
            "SELECT k, v FROM types_undecodable.keyed FINAL",
            TypesStack.LIMIT);
  }

  private static List<String> awaitLetters(TypesStack stack, String table, int count) {
    return Eventually.eventuallySees(
        "the dead letters of " + table,
        TypesStack.LIMIT,
        () -> letters(stack, table),
        seen -> seen.size() >= count);
  }

  /** Of each: the operation, the row's number, the column, and the bytes that the reason names. */
  private static List<String> letters(TypesStack stack, String table) {
    List<String> letters = new ArrayList<>();
    CommittedEvents.read(
        stack.suite().kafka(),
        stack.suite().kafka().topics().deadLetters(),
        letter -> {
          if (header(letter, "lockstep.topic").equals(CONNECTOR + "." + DATABASE + "." + table)) {
            letters.add(described(letter));
          }
        });
    Collections.sort(letters);
    return letters;
  }

  private static String described(ConsumerRecord<byte[], byte[]> letter) {
    JsonNode event = JsonMapper.shared().readTree(letter.value());
    JsonNode row = event.path(event.path("after").isNull() ? "before" : "after");
    String reason = header(letter, "lockstep.error");
    Matcher bytes = BYTES.matcher(reason);
    return "%s %d %s %s"
        .formatted(
            event.path("op").asString(),
            row.path(row.has("id") ? "id" : "v").asInt(),
            header(letter, "lockstep.error.column"),
            bytes.find() ? bytes.group(1) : reason);
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    var header = letter.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
