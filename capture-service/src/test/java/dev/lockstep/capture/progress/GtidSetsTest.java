package dev.lockstep.capture.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("capture")
class GtidSetsTest {
  private static final String SERVER = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|0",
        "S:1|1",
        "S:1-5|5",
        "S:1-5:11:20-21|8",
        "S:1-5, S:7|6",
        "S:1-2:tag_1:1-3:_b:4|6",
        "S:9223372036854775806-9223372036854775807|2"
      })
  void everyTransactionOfASetIsCounted(String set, long count) {
    assertThat(GtidSets.count(set.replace("S", SERVER))).isEqualTo(count);
  }
}
