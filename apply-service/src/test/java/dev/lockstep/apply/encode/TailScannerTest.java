package dev.lockstep.apply.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

@Tag("apply")
class TailScannerTest {
  private static final String SOURCE =
      "{\"version\":\"3.6.1\",\"name\":\"a\\\"}\\\\\",\"ts_ms\":1700000000123,\"snapshot\":\"false\",\"db\":\"é\",\"sequence\":null,\"ts_us\":1700000000123456,\"pos\":-4,\"row\":0,\"query\":null}";

  private static final String UNREADABLE = "unreadable";

  private final TailScanner scanner = new TailScanner();

  private boolean scan(String tail) {
    byte[] document = ("{\"after\":{},\"source\":" + tail).getBytes(StandardCharsets.UTF_8);
    return scanner.scan(document, "{\"after\":{},\"source\":".length());
  }

  @Test
  void debeziumsTailIsRead() {
    assertThat(
            scan(
                SOURCE + ",\"transaction\":null,\"op\":\"u\",\"ts_ms\":1,\"ts_ns\":1700000000000}"))
        .isTrue();
    assertThat(scanner.op()).isEqualTo('u');
    assertThat(scanner.sourceMicros()).isEqualTo(1700000000123456L);
    assertThat(scanner.incremental()).isFalse();
    assertThat(scan("{\"snapshot\":\"incremental\",\"ts_ms\":17},\"op\":\"r\"}")).isTrue();
    assertThat(scanner.incremental()).isTrue();
    assertThat(scanner.sourceMicros()).isEqualTo(17_000);
    assertThat(
            scan("{},\"transaction\":{\"id\":\"x\",\"total_order\":1,\"op\":\"d\"},\"op\":\"c\"}"))
        .isTrue();
    assertThat(scanner.op()).isEqualTo('c');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{},\"op\":\"c\"",
        "{},\"op\":\"c\"}x",
        "{} ,\"op\":\"c\"}",
        "{\"a\":[1]},\"op\":\"c\"}",
        "{\"a\":1.5},\"op\":\"c\"}",
        "{\"ts_us\":-1},\"op\":\"c\"}",
        "{\"ts_us\":1234567890123456789},\"op\":\"c\"}",
        "{\"\\u0074s_us\":1},\"op\":\"c\"}",
        "{\"a\":tru},\"op\":\"c\"}",
        "{\"a\":\"b},\"op\":\"c\"}",
        "{\"a\":\"b\\",
        "{\"a\":nul",
        "{\"a\":1,},\"op\":\"c\"}",
        "{},\"op\":\"cc\"}",
        "{},\"op\":null}",
        "{},\"after\":{},\"op\":\"c\"}",
        "{},\"before\":null,\"op\":\"c\"}"
      })
  void whatDebeziumDoesNotWriteIsLeftToTheParser(String tail) {
    assertThat(scan(tail)).isFalse();
  }

  /** Damaged in any place, it is left alone or read as the parser reads it. */
  @Test
  void itNeverReadsOtherwiseThanTheParser() {
    var random = new Random(5);
    String letters = "{}[]\",:\\0123456789eE+-.tfn op_usm";
    String whole = "{\"after\":{},\"source\":" + SOURCE + ",\"op\":\"u\",\"ts_ms\":1,\"ts_ns\":17}";
    int read = 0;
    for (int i = 0; i < 200_000; i++) {
      var damaged = new StringBuilder(whole);
      int at = 21 + random.nextInt(whole.length() - 21);
      damaged.setCharAt(at, letters.charAt(random.nextInt(letters.length())));
      byte[] document = damaged.toString().getBytes(StandardCharsets.UTF_8);
      if (scanner.scan(document, 21)) {
        read++;
        // An escape or a zero that JSON does not have, in a value that nobody asks for, is no
        // fault.
        assertThat(parsed(document)).as(damaged.toString()).isIn(scanned(), UNREADABLE);
      }
    }
    assertThat(read).isGreaterThan(1_000);
  }

  private String scanned() {
    String op = scanner.op() == 0 ? "" : String.valueOf(scanner.op());
    return op + scanner.sourceMicros() + scanner.incremental();
  }

  private static String parsed(byte[] document) {
    var tail = new EventTail();
    try (JsonParser json = Json.parser(document, 0)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        tail.field(name, json.nextToken(), json);
      }
      return tail.letter() + tail.sourceMicros() + tail.isIncremental();
    } catch (JacksonException _) {
      return UNREADABLE;
    }
  }
}
