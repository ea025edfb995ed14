package dev.lockstep.capture.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("types")
class BinaryJsonTest {
  /** A small array of an inline number and a string after it. */
  private static final byte[] DOCUMENT =
      HexFormat.of().parseHex("0202000e00050700" + "0c0a0003616263");

  @Test
  void anArrayIsItsText() {
    assertThat(BinaryJson.text(DOCUMENT)).isEqualTo("[7, \"abc\"]");
  }

  @Test
  void noBytesAreNull() {
    assertThat(BinaryJson.text(new byte[0])).isEqualTo("null");
  }

  @Test
  void aDocumentThatIsCutOffIsRefused() {
    for (int length = 1; length < DOCUMENT.length; length++) {
      byte[] part = Arrays.copyOf(DOCUMENT, length);
      assertThatThrownBy(() -> BinaryJson.text(part))
          .isInstanceOf(BadJsonException.class)
          .hasMessage("A JSON document of %d bytes is cut off", length);
    }
  }

  @Test
  void aTypeThatMySqlHasNotIsRefused() {
    assertThatThrownBy(() -> BinaryJson.text(new byte[] {0x0d, 0}))
        .isInstanceOf(BadJsonException.class)
        .hasMessage("JSON has no type 13");
  }
}
