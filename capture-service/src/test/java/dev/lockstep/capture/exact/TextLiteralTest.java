package dev.lockstep.capture.exact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("types")
class TextLiteralTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "'plain' ~ plain",
        "'' ~ ``",
        "'it''s' ~ it's",
        "'it\\'s' ~ it's",
        "'it\\\\''s' ~ it\\'s",
        "\"it''s\" ~ it''s",
        "\"a\"\"b\" ~ a\"b",
        "'a\"\"b' ~ a\"\"b",
        "'p\\%\\_' ~ p\\%\\_",
        "_utf8mb4'x' ~ x",
        "N'x' ~ x",
        "'a\\' ~ a\\",
        "x ~ x"
      })
  void readsWhatMySqlReads(String literal, String text) {
    assertThat(TextLiteral.text(literal)).isEqualTo(text);
  }
}
