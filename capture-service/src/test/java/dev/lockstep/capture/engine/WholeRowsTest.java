package dev.lockstep.capture.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.simulation.ModelBinlog;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("capture")
class WholeRowsTest {
  private static final List<SourceRecord> STREAM =
      new ModelBinlog("cut", 200, new Random(20261123)).records();

  @Test
  void whereverABatchIsCutItsWholeRowsArePublishedAndNoPartOfAnother() {
    assertThat(ends(STREAM, new Properties())).isEqualTo(rowBordersIn(STREAM));
  }

  @Test
  void withoutTombstonesADeleteIsAWholeRow() {
    var config = new Properties();
    config.setProperty("tombstones.on.delete", " False ");
    List<SourceRecord> stream = STREAM.stream().filter(item -> item.value() != null).toList();
    assertThat(ends(stream, config)).isEqualTo(rowBordersIn(stream));
  }

  /** Where whole rows end in each batch that begins with the stream. */
  private static List<Integer> ends(List<SourceRecord> stream, Properties config) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 1; i <= stream.size(); i++) {
      ends.add(WholeRows.of(config).endIn(stream.subList(0, i)));
    }
    return ends;
  }

  /** For each batch, the end of the last row whose records are all in it. */
  private static List<Integer> rowBordersIn(List<SourceRecord> stream) {
    List<Integer> borders = new ArrayList<>();
    int border = 0;
    for (int i = 1; i <= stream.size(); i++) {
      boolean isWhole =
          i == stream.size()
              || !stream.get(i).sourceOffset().equals(stream.get(i - 1).sourceOffset());
      border = isWhole ? i : border;
      borders.add(border);
    }
    return borders;
  }
}
