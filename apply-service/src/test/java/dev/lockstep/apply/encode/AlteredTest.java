package dev.lockstep.apply.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.apply.types.TypeRules;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.mapping.TypeOptions.OutOfRange;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.Wire;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What policies do to a row's values, and that the row says so. */
@Tag("types")
class AlteredTest {
  private static final TypeOptions ALTERING =
      new TypeOptions(
          TypeOptions.ZeroDates.EPOCH, OutOfRange.CLAMP, null, null, null, null, null, null, null);
  private static final String MIRRORED = "0700000000000000" + "00";
  private static final String DAY_1 = "01000000";
  private static final String EPOCH = "00000000";

  private final RowBuffer out = new RowBuffer(1);
  private final EventEncoder encoder = encoder(RowForm.MIRROR);

  /** Of a column d that is never altered, and two, e and f, that may be. */
  private static EventEncoder encoder(RowForm form) {
    return new EventEncoder(
        List.of(
            TypeRules.target(date("d"), TypeOptions.NONE),
            TypeRules.target(date("e"), ALTERING),
            TypeRules.target(date("f"), ALTERING)),
        form);
  }

  private static Column date(String name) {
    Wire wire = new Wire("int32", "io.debezium.time.Date", Map.of());
    return new Column(name, "DATE", null, null, false, wire);
  }

  private String encode(EventEncoder with, String envelope, ZeroDates zeroDates) {
    out.truncate(0);
    with.encode(envelope.getBytes(StandardCharsets.UTF_8), zeroDates, Undecodable.NONE, 7, out);
    return HexFormat.of().formatHex(out.toByteArray());
  }

  private String after(String row, Map<String, String> zeroDates) {
    return encode(
        encoder, "{\"after\":" + row + ",\"op\":\"c\"}", new ZeroDates(Map.of(), zeroDates));
  }

  @Test
  void aRowNamesTheColumnsThatWereAltered() {
    String unaltered = DAY_1 + DAY_1 + DAY_1 + MIRRORED + "00";
    assertThat(after("{\"d\":1,\"e\":1,\"f\":1}", Map.of())).isEqualTo(unaltered);
    assertThat(after("{\"d\":1,\"e\":1,\"f\":0}", Map.of("f", "2024-05-00")))
        .isEqualTo(DAY_1 + DAY_1 + EPOCH + MIRRORED + "01" + "0166");
    assertThat(after("{\"d\":1,\"e\":null,\"f\":0}", Map.of("f", "x", "e", "0000-00-00")))
        .isEqualTo(DAY_1 + EPOCH + EPOCH + MIRRORED + "02" + "0165" + "0166");
    assertThat(after("{\"d\":1,\"e\":-300000,\"f\":1}", Map.of())).endsWith("01" + "0165");
    assertThat(after("{\"d\":1,\"e\":1,\"f\":1}", Map.of())).isEqualTo(unaltered);
  }

  @Test
  void fieldsInAnotherOrderAreNamedInTheColumnsOrder() {
    assertThat(after("{\"f\":-300000,\"e\":-300000,\"d\":1}", Map.of()))
        .endsWith(MIRRORED + "02" + "0165" + "0166");
  }

  @Test
  void eachRowOfAMultisetHasItsOwn() {
    String rows =
        encode(
            encoder(RowForm.MULTISET),
            "{\"before\":{\"d\":1,\"e\":0,\"f\":1},\"after\":{\"d\":1,\"e\":1,\"f\":1},\"op\":\"u\"}",
            new ZeroDates(Map.of("e", "0000-00-00"), Map.of()));
    assertThat(rows)
        .isEqualTo(
            (DAY_1 + EPOCH + DAY_1 + "0700000000000000ff" + "01" + "0165")
                + (DAY_1 + DAY_1 + DAY_1 + "070000000000000001" + "00"));
  }

  @Test
  void aFaultLeavesNoMarkOnTheNextRow() {
    assertThatThrownBy(() -> after("{\"d\":1,\"e\":-300000,\"f\":\"x\"}", Map.of()))
        .isInstanceOf(RecordFault.class);
    assertThat(after("{\"d\":1,\"e\":1,\"f\":1}", Map.of())).endsWith(MIRRORED + "00");
  }

  @Test
  void aZeroDateWithoutAPolicyOrPlaceIsAFault() {
    assertThatThrownBy(() -> after("{\"d\":0,\"e\":1,\"f\":1}", Map.of("d", "0000-00-00")))
        .isInstanceOf(RecordFault.class)
        .hasMessageStartingWith("Column d: value 0000-00-00 is no date of the calendar")
        .hasMessageContaining("set zeroDates to NULL or EPOCH, or outOfRange to STRING");
    assertThatThrownBy(() -> after("{\"d\":1,\"e\":1,\"f\":1}", Map.of("g", "0000-00-00")))
        .isInstanceOf(RecordFault.class)
        .hasMessageContaining("column g");
    assertThat(out.size()).isZero();
  }
}
