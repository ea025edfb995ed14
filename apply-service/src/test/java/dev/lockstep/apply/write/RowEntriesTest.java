package dev.lockstep.apply.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("apply")
class RowEntriesTest {
  private final RowEntries entries = new RowEntries();

  private void add(String text) {
    int start = entries.buffer().size();
    entries.buffer().putText(text.getBytes(StandardCharsets.UTF_8));
    entries.add(start, 1, 0, entries.size(), true);
  }

  private String written(int from, int to) throws IOException {
    var out = new ByteArrayOutputStream();
    entries.writeTo(out, from, to);
    return out.toString(StandardCharsets.UTF_8).replaceAll("[\\x00-\\x1f]", ".");
  }

  @Test
  void whatIsLeftIsWrittenInOrder() throws IOException {
    for (String text : new String[] {"a", "b", "c", "d", "e"}) {
      add(text);
    }
    entries.remove(0);
    entries.remove(2);
    entries.remove(4);
    assertThat(written(0, 5)).isEqualTo(".b.d");
    assertThat(entries.rows()).isEqualTo(2);
    assertThat(written(2, 4)).isEqualTo(".d");
    assertThat(entries.rows(0, 3)).isEqualTo(1);
    assertThat(entries.rows(4, 5)).isZero();
  }

  @Test
  void rowsLargerThanAPieceStandInPiecesOfTheirOwn() throws IOException {
    String large = "x".repeat(700_000);
    for (int i = 0; i < 5; i++) {
      add(large);
      add("-" + i);
    }
    entries.remove(2);
    String all = written(0, 10);
    assertThat(all.replaceAll("[x.]", "").replaceAll("[^-0-9]", "")).contains("-0", "-1", "-4");
    assertThat(all.chars().filter(c -> c == 'x').count()).isEqualTo(4 * 700_000L);
    assertThat(entries.bytes()).isGreaterThan(5 * 700_000L);
  }
}
