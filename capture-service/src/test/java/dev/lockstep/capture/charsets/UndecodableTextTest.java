package dev.lockstep.capture.charsets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.event.Undecodable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("types")
class UndecodableTextTest {
  @ParameterizedTest
  @CsvSource({
    "sjis, 613F8540, a??",
    "cp1250, 3F81, ??",
    "tis620, 61FF, a\uFFFD",
    "swe7, 80, ?",
    "gbk, A2A1FEFE, ⅰ?",
    "ujis, 8FA1A1, ?",
    "gb18030, FE39FE39, ?",
    "ucs2, 003FD83D0062, ??b",
    "utf16, D83D0062, \uFFFD",
    "utf8mb4, 61EDA080, a\uFFFD",
    "ascii, C3A9, \uFFFD\uFFFD"
  })
  void bytesOfNoCharacterAreAMarkerWithWhatIsShown(String charset, String hex, String shown) {
    String text = read(charset, hex);
    assertThat(UndecodableText.isMarker(text)).isTrue();
    assertThat(UndecodableText.of(text)).isEqualTo(new UndecodableText(hex, shown));
  }

  @ParameterizedTest
  @CsvSource({
    "sjis, 3F613F, ?a?",
    "cp1250, 3F, ?",
    "gb18030, 8431A4373F, \uFFFD?",
    "gb18030, 813081303F, \u0080?",
    "ucs2, 003FFFFD, ?\uFFFD",
    "utf16, FFFD003F, \uFFFD?",
    "utf16le, FDFF, \uFFFD",
    "utf32, 0000FFFD, \uFFFD",
    "utf8mb4, EFBFBD3F, \uFFFD?",
    "ascii, 3F, ?"
  })
  void replacementCharactersOfTheSourcesOwnAreText(String charset, String hex, String text) {
    assertThat(read(charset, hex)).isEqualTo(text);
  }

  @Test
  void anEmptyTextIsNoMarker() {
    assertThat(UndecodableText.isMarker(read("latin1", ""))).isFalse();
  }

  @Test
  void ofALongValueTheFirstBytesAreKept() {
    byte[] bytes = new byte[Undecodable.LONGEST + 1];
    Arrays.fill(bytes, (byte) 'a');
    bytes[0] = (byte) 0x81;
    UndecodableText text =
        UndecodableText.of(MySqlCharsets.decoder("cp1250").orElseThrow().read(bytes));
    assertThat(text.hex()).startsWith("816161").hasSize(2 * Undecodable.LONGEST + 1).endsWith("…");
    assertThat(text.shown()).isEqualTo("?" + new String(bytes, 1, 1000, StandardCharsets.US_ASCII));
  }

  @Test
  void whatIsLeftOfAMarkerIsStillOne() {
    String marker = read("cp1250", "81");
    assertThat(UndecodableText.of(marker.substring(0, 2))).isEqualTo(new UndecodableText("8", ""));
  }

  private static String read(String charset, String hex) {
    TextDecoder decoder = MySqlCharsets.anyDecoder(charset);
    assertThat(decoder).isNotNull();
    return decoder.read(HexFormat.of().parseHex(hex));
  }
}
