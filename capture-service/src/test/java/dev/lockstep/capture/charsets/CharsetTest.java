package dev.lockstep.capture.charsets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.charsets.ServerText.Held;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Tag("types")
@ExtendWith(Servers.class)
@TestInstance(Lifecycle.PER_CLASS)
class CharsetTest {
  private static final Map<String, Charset> UNICODE =
      Map.of(
          "utf8mb3", StandardCharsets.UTF_8,
          "utf8mb4", StandardCharsets.UTF_8,
          "utf16", StandardCharsets.UTF_16BE,
          "utf16le", StandardCharsets.UTF_16LE,
          "utf32", Charset.forName("UTF-32BE"),
          "ucs2", StandardCharsets.UTF_16BE);

  /** Long values are made of so many sequences. */
  private static final int CHUNK = 126_000;

  private final Map<String, Integer> compared = new TreeMap<>();
  private ServerText server;

  CharsetTest(MySqlServer mysql) throws SQLException {
    server = new ServerText(mysql.connect());
  }

  /** Columns of {@code binary} are no text. */
  List<String> charsets() throws SQLException {
    return server.charsets("Charset <> 'binary'");
  }

  List<String> multiByteCharsets() throws SQLException {
    return server.charsets("Maxlen > 1");
  }

  @ParameterizedTest
  @MethodSource("charsets")
  void everyByteIsReadAsTheServerReadsIt(String charset) throws SQLException {
    compare(charset, server.singles(charset));
  }

  @ParameterizedTest
  @MethodSource("multiByteCharsets")
  void everySequenceOfTwoBytesIsReadAsTheServerReadsIt(String charset) throws SQLException {
    compare(charset, server.pairs(charset).stream().filter(CharsetTest::isNoSurrogate).toList());
  }

  /** MySQL has no text for a surrogate in {@code ucs2}: it ends the value there, with a warning. */
  private static boolean isNoSurrogate(Held held) {
    return !held.text().isEmpty();
  }

  @Test
  void everyCollationsCharsetIsKnown() throws SQLException {
    assertThat(String.join("\n", CharsetTables.lines("collations.txt").toList()) + "\n")
        .isEqualTo(server.collations());
  }

  @Test
  void aSurrogateInUcs2IsAQuestionMark() {
    byte[] bytes = {0, 'a', (byte) 0xd8, 0x3d, (byte) 0xde, 0, 0, 'b'};
    assertThat(MySqlCharsets.decoder("ucs2").orElseThrow().decode(bytes)).isEqualTo("a??b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ujis", "eucjpms"})
  void everySequenceOfThreeBytesIsReadAsTheServerReadsIt(String charset) throws SQLException {
    compare(charset, server.triples(charset, 0x8f));
  }

  @Test
  void everySequenceOfFourBytesOfGb18030IsReadAsTheServerReadsIt() throws SQLException {
    for (int from = 0; from < Gb18030.QUADRUPLES; from += CHUNK) {
      int count = Math.min(CHUNK, Gb18030.QUADRUPLES - from);
      byte[] bytes = Gb18030.quadruples(from, count);
      compare("gb18030", bytes, server.text("gb18030", bytes), count);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"utf8mb3", "utf8mb4", "utf16", "utf16le", "utf32", "ucs2"})
  void everyCharacterOfUnicodeIsReadAsTheServerReadsIt(String charset) throws SQLException {
    boolean planes = !Set.of("utf8mb3", "ucs2").contains(charset);
    int[] characters =
        IntStream.rangeClosed(1, planes ? Character.MAX_CODE_POINT : 0xffff)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .toArray();
    for (int from = 0; from < characters.length; from += CHUNK) {
      int count = Math.min(CHUNK, characters.length - from);
      byte[] bytes = new String(characters, from, count).getBytes(UNICODE.get(charset));
      compare(charset, bytes, server.text(charset, bytes), count);
    }
  }

  /** One long value of all that a column can hold, so that sequences are seen side by side. */
  private void compare(String charset, List<Held> sequences) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    StringBuilder text = new StringBuilder();
    for (Held held : sequences) {
      all.writeBytes(held.bytes());
      text.append(held.text());
    }
    compare(charset, all.toByteArray(), text.toString(), sequences.size());
  }

  private void compare(String charset, byte[] bytes, String expected, int sequences) {
    String decoded =
        MySqlCharsets.decoder(charset)
            .map(decoder -> decoder.decode(bytes))
            .orElseGet(() -> new String(bytes, StandardCharsets.UTF_8));
    assertThat(decoded.equals(expected)).as(() -> difference(charset, decoded, expected)).isTrue();
    compared.merge(charset, sequences, Integer::sum);
  }

  private static String difference(String charset, String decoded, String expected) {
    int at = Arrays.mismatch(decoded.toCharArray(), expected.toCharArray());
    return charset
        + " at "
        + at
        + ": "
        + around(decoded, at)
        + " instead of "
        + around(expected, at);
  }

  private static String around(String text, int at) {
    StringBuilder hex = new StringBuilder();
    for (int i = Math.max(0, at - 2); i < Math.min(text.length(), at + 4); i++) {
      hex.append(" %04x".formatted((int) text.charAt(i)));
    }
    return hex.toString();
  }

  @AfterAll
  void close() throws SQLException {
    server.close();
    LoggerFactory.getLogger(CharsetTest.class).info("Sequences compared: {}", compared);
  }
}
