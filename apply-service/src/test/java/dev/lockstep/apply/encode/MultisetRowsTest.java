package dev.lockstep.apply.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.apply.types.TypeRules;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.Wire;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events of a table without a key. */
@Tag("types")
class MultisetRowsTest {
  private static final String VERSION = "0700000000000000";
  private static final String BEFORE = "02" + VERSION + "ff";
  private static final String AFTER = "01" + VERSION + "01";

  private final EventEncoder encoder =
      new EventEncoder(
          List.of(
              TypeRules.target(
                  new Column("a", "TINYINT", null, null, false, new Wire("int16", null, Map.of())),
                  TypeOptions.NONE)),
          RowForm.MULTISET);
  private final RowBuffer out = new RowBuffer(1);

  private String encode(String envelope) {
    out.truncate(0);
    encoder.encode(
        envelope.getBytes(StandardCharsets.UTF_8), ZeroDates.NONE, Undecodable.NONE, 7, out);
    return HexFormat.of().formatHex(out.toByteArray());
  }

  @Test
  void aCreateAddsARow() {
    for (String op : List.of("c", "r")) {
      assertThat(encode("{\"before\":null,\"after\":{\"a\":1},\"op\":\"" + op + "\"}"))
          .isEqualTo(AFTER);
      assertThat(encoder.rowsWritten()).isEqualTo(1);
    }
  }

  @Test
  void aDeleteTakesOneAway() {
    assertThat(encode("{\"before\":{\"a\":2},\"after\":null,\"op\":\"d\"}")).isEqualTo(BEFORE);
    assertThat(encoder.rowsWritten()).isEqualTo(1);
  }

  @Test
  void anUpdateTakesTheOldRowAwayAndThenAddsTheNew() {
    for (String envelope :
        List.of(
            "{\"before\":{\"a\":2},\"after\":{\"a\":1},\"op\":\"u\"}",
            "{\"op\":\"u\", \"before\":{\"a\":2},\"after\":{\"a\":1}}",
            "{\"after\": {\"a\":1}, \"before\": {\"a\":2}, \"op\":\"u\"}")) {
      assertThat(encode(envelope)).as(envelope).isEqualTo(BEFORE + AFTER);
      assertThat(encoder.rowsWritten()).isEqualTo(2);
    }
  }

  @Test
  void onlyTheRowsThatTheOperationIsAboutAreWritten() {
    assertThat(encode("{\"before\":{\"a\":2},\"after\":{\"a\":1},\"op\":\"c\"}")).isEqualTo(AFTER);
    assertThat(encode("{\"before\":{\"a\":2},\"after\":{\"a\":1},\"op\":\"d\"}")).isEqualTo(BEFORE);
  }

  @Test
  void withoutTheRowBeforeNothingIsWritten() {
    for (String envelope :
        List.of(
            "{\"before\":null,\"after\":{\"a\":1},\"op\":\"u\"}",
            "{\"after\":{\"a\":1},\"op\":\"u\"}",
            "{\"before\":null,\"op\":\"d\"}")) {
      assertThatThrownBy(() -> encode(envelope))
          .isInstanceOf(RecordFault.class)
          .hasMessageContaining("without the row before it: binlog_row_image must be FULL");
      assertThat(out.size()).isZero();
    }
  }

  /** What takes the older row away after an event is refused. */
  private String removalAfter(String envelope) {
    assertThatThrownBy(() -> encode(envelope)).isInstanceOf(RecordFault.class);
    assertThat(out.size()).isZero();
    encoder.encodeRemovalOfOlder(out);
    assertThat(encoder.rowsWritten()).isEqualTo(out.size() == 0 ? 0 : 1);
    return HexFormat.of().formatHex(out.toByteArray());
  }

  @Test
  void anUpdateToARowThatIsRefusedTakesTheOldRowAway() {
    String update = "{\"before\":{\"a\":2},\"after\":{\"a\":999},\"op\":\"u\"}";
    assertThatThrownBy(() -> encode(update)).hasMessage("Column a: value 999 is beyond Int8");
    assertThat(removalAfter(update)).isEqualTo(BEFORE);
    assertThat(removalAfter("{\"op\":\"u\",\"after\":{\"a\":999},\"before\":{\"a\":2}}"))
        .isEqualTo(BEFORE);
  }

  @Test
  void anUpdateFromARowThatWasRefusedAddsTheNewAlone() {
    for (String envelope :
        List.of(
            "{\"before\":{\"a\":999},\"after\":{\"a\":1},\"op\":\"u\"}",
            "{\"op\":\"u\",\"after\":{\"a\":1},\"before\":{\"a\":999}}")) {
      assertThat(encode(envelope)).as(envelope).isEqualTo(AFTER);
      assertThat(encoder.rowsWritten()).isEqualTo(1);
    }
  }

  @Test
  void whereNeitherRowOfAnUpdateCanBeWrittenNothingIs() {
    String update = "{\"before\":{\"a\":999},\"after\":{\"a\":998},\"op\":\"u\"}";
    assertThatThrownBy(() -> encode(update)).hasMessage("Column a: value 998 is beyond Int8");
    for (String envelope :
        List.of(
            update,
            "{\"before\":{\"a\":999},\"after\":null,\"op\":\"d\"}",
            "{\"before\":null,\"after\":{\"a\":999},\"op\":\"c\"}",
            "{\"before\":{\"a\":2},\"after\":{\"a\":999},\"op\":\"u\"")) {
      assertThat(removalAfter(envelope)).as(envelope).isEmpty();
    }
  }
}
