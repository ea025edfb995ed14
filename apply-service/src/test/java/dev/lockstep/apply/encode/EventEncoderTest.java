package dev.lockstep.apply.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.errors.TableFault;
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

@Tag("types")
class EventEncoderTest {
  private final EventEncoder encoder =
      new EventEncoder(
          List.of(
              TypeRules.target(column("a", "SMALLINT", "int16"), TypeOptions.NONE),
              TypeRules.target(column("b", "VARCHAR", "string"), TypeOptions.NONE)),
          RowForm.MIRROR);
  private final RowBuffer out = new RowBuffer(1);

  private static Column column(String name, String type, String wire) {
    return new Column(name, type, null, null, false, new Wire(wire, null, Map.of()));
  }

  private String encode(String envelope) {
    return encode(encoder, envelope);
  }

  private String encode(EventEncoder by, String envelope) {
    return encode(by, envelope, Undecodable.NONE);
  }

  private String encode(EventEncoder by, String envelope, Undecodable texts) {
    out.truncate(0);
    by.encode(envelope.getBytes(StandardCharsets.UTF_8), ZeroDates.NONE, texts, 7, out);
    return HexFormat.of().formatHex(out.toByteArray());
  }

  @Test
  void aCreateIsItsRowAfter() {
    assertThat(encode("{\"before\":null,\"after\":{\"a\":1,\"b\":\"x\"},\"op\":\"c\"}"))
        .isEqualTo("0100" + "0178" + "0700000000000000" + "00");
  }

  @Test
  void aDeleteIsItsRowBeforeWhateverTheOrderOfTheFields() {
    String deleted = "0200" + "0179" + "0700000000000000" + "01";
    assertThat(encode("{\"before\":{\"a\":2,\"b\":\"y\"},\"after\":null,\"op\":\"d\"}"))
        .isEqualTo(deleted);
    assertThat(encode("{ \"op\":\"d\", \"before\": {\"b\":\"y\",\"a\":2}}")).isEqualTo(deleted);
  }

  @Test
  void aDeleteNeedsNoMoreThanItsKey() {
    var keyed =
        new EventEncoder(
            List.of(
                TypeRules.keyTarget(column("a", "SMALLINT", "int16"), TypeOptions.NONE),
                TypeRules.target(column("b", "VARCHAR", "string"), TypeOptions.NONE)),
            RowForm.MIRROR);
    assertThat(encode(keyed, "{\"before\":{\"a\":2,\"b\":[7,{}]},\"after\":null,\"op\":\"d\"}"))
        .isEqualTo("0200" + "00" + "0700000000000000" + "01");
    for (String before :
        List.of("{\"a\":32768,\"b\":\"y\"}", "{\"a\":2}", "{\"a\":2,\"b\":1,\"c\":1}")) {
      assertThatThrownBy(
              () -> encode(keyed, "{\"before\":" + before + ",\"after\":null,\"op\":\"d\"}"))
          .isInstanceOf(RecordFault.class);
      assertThat(out.size()).isZero();
    }
  }

  private static EventEncoder keyed() {
    return new EventEncoder(
        List.of(
            TypeRules.keyTarget(column("a", "SMALLINT", "int16"), TypeOptions.NONE),
            TypeRules.target(column("b", "VARCHAR", "string"), TypeOptions.NONE)),
        RowForm.MIRROR);
  }

  /** What takes the older state out of the target after an event is refused. */
  private String removalAfter(EventEncoder by, String envelope, Undecodable texts) {
    assertThatThrownBy(() -> encode(by, envelope, texts)).isInstanceOf(RecordFault.class);
    assertThat(out.size()).isZero();
    by.encodeRemovalOfOlder(out);
    assertThat(by.rowsWritten()).isEqualTo(out.size() == 0 ? 0 : 1);
    return HexFormat.of().formatHex(out.toByteArray());
  }

  @Test
  void ofARefusedRowTheOlderStateIsRemovedByTheKey() {
    var texts = new Undecodable(Map.of(), Map.of("b", "8540"));
    String removal = "0200" + "00" + "0700000000000000" + "01";
    for (String op : List.of("c", "u", "r")) {
      for (String order :
          List.of(
              "{\"before\":{\"a\":2,\"b\":\"y\"},\"after\":{\"a\":2,\"b\":%s},\"op\":\"%s\"}",
              "{\"op\":\"%2$s\",\"after\":{\"b\":%1$s,\"a\":2},\"before\":null}")) {
        assertThat(removalAfter(keyed(), order.formatted("[7,{}]", op), Undecodable.NONE))
            .isEqualTo(removal);
        assertThat(removalAfter(keyed(), order.formatted("\"?\"", op), texts)).isEqualTo(removal);
      }
    }
  }

  @Test
  void whereTheKeyOfARefusedRowCannotBeWrittenNothingIsRemoved() {
    for (String envelope :
        List.of(
            "{\"after\":{\"a\":32768,\"b\":\"x\"},\"op\":\"u\"}",
            "{\"after\":{\"a\":1},\"op\":\"u\"}",
            "{\"after\":{\"a\":1,\"b\":\"x\",\"c\":1},\"op\":\"u\"}",
            "{\"after\":null,\"op\":\"u\"}",
            "{\"before\":{\"a\":32768,\"b\":\"x\"},\"after\":null,\"op\":\"d\"}",
            "{\"after\":{\"a\":1,\"b\":7},\"op\":\"u\"",
            "{\"after\":{\"a\":1,\"b\":7}}",
            "")) {
      assertThat(removalAfter(keyed(), envelope, Undecodable.NONE)).as(envelope).isEmpty();
    }
  }

  @Test
  void anUndecodableTextIsRefusedByItsBytesAndIsNoKey() {
    var texts = new Undecodable(Map.of("b", "8540"), Map.of("b", "61FF"));
    String update =
        "{\"before\":{\"a\":2,\"b\":\"?\"},\"after\":{\"a\":2,\"b\":\"a?\"},\"op\":\"u\"}";
    assertThatThrownBy(() -> encode(encoder, update, texts))
        .isInstanceOf(RecordFault.class)
        .hasMessageStartingWith("Column b: value X'61FF' has bytes that stand for no character");
    assertThat(out.size()).isZero();
    String delete = "{\"before\":{\"a\":2,\"b\":\"?\"},\"after\":null,\"op\":\"d\"}";
    assertThat(encode(encoder, delete, texts)).isEqualTo("0200" + "00" + "0700000000000000" + "01");
    var keyed =
        new EventEncoder(
            List.of(
                TypeRules.target(column("a", "SMALLINT", "int16"), TypeOptions.NONE),
                TypeRules.keyTarget(column("b", "VARCHAR", "string"), TypeOptions.NONE)),
            RowForm.MIRROR);
    assertThatThrownBy(() -> encode(keyed, delete, texts)).hasMessageContaining("X'8540'");
    assertThat(out.size()).isZero();
    assertThatThrownBy(() -> encode(keyed, delete, new Undecodable(Map.of("c", "80"), Map.of())))
        .hasMessageContaining("an undecodable text in column c");
  }

  @Test
  void anUpdateIsItsRowAfter() {
    assertThat(
            encode(
                "{\"before\":{\"a\":2,\"b\":\"y\"},\"after\":{\"a\":1,\"b\":\"x\"},\"op\":\"u\"}"))
        .startsWith("01000178");
  }

  @Test
  void fieldsMayComeInAnyOrder() {
    assertThat(
            encode("{\"after\": {\"b\" : \"x\", \"a\" : 1}, \"source\":{\"q\":[1]}, \"op\":\"c\"}"))
        .isEqualTo("0100" + "0178" + "0700000000000000" + "00");
  }

  @Test
  void theCommitTimeIsTakenFromMicrosecondsElseMilliseconds() {
    assertThat(time("{\"ts_ms\":5,\"ts_us\":6001}")).isEqualTo(6001);
    assertThat(time("{\"ts_us\":6001,\"ts_ms\":5}")).isEqualTo(6001);
    assertThat(time("{\"ts_ms\":5}")).isEqualTo(5000);
    assertThat(time("{}")).isZero();
  }

  private long time(String source) {
    String envelope = "{\"after\":{\"a\":1,\"b\":\"x\"},\"source\":" + source + ",\"op\":\"c\"}";
    encode(envelope);
    return encoder.sourceMicros();
  }

  @Test
  void whatCannotBeEncodedLeavesNothingBehind() {
    for (String envelope :
        List.of(
            "",
            "[]",
            "{}",
            "{\"after\":{\"a\":1,\"b\":\"x\"},\"op\":\"c\"",
            "{\"after\":{\"a\":1,\"b\":\"x\"},\"op\":\"c\"} {}",
            "{\"after\":{\"a\":1},\"op\":\"c\"}",
            "{\"after\":{\"a\":1,\"b\":\"x\",\"c\":1},\"op\":\"c\"}",
            "{\"after\":{\"a\":1,\"b\":null},\"op\":\"c\"}",
            "{\"after\":null,\"op\":\"c\"}",
            "{\"before\":null,\"op\":\"d\"}",
            "{\"after\":{\"a\":1,\"b\":\"\\ud800\"},\"op\":\"c\"}")) {
      assertThatThrownBy(() -> encode(envelope)).as(envelope).isInstanceOf(RecordFault.class);
      assertThat(out.size()).as(envelope).isZero();
    }
    assertThatThrownBy(() -> encode("{\"before\":null,\"op\":\"t\"}"))
        .isInstanceOf(TableFault.class);
  }

  @Test
  void aFaultNamesColumnAndValue() {
    assertThatThrownBy(() -> encode("{\"after\":{\"a\":32768,\"b\":\"x\"},\"op\":\"c\"}"))
        .hasMessage("Column a: value 32768 is beyond Int16");
  }

  @Test
  void everyEventOfAMirrorIsOneRow() {
    encode("{\"before\":{\"a\":2,\"b\":\"y\"},\"after\":{\"a\":1,\"b\":\"x\"},\"op\":\"u\"}");
    assertThat(encoder.rowsWritten()).isEqualTo(1);
    encode("{\"before\":{\"a\":2,\"b\":\"y\"},\"after\":null,\"op\":\"d\"}");
    assertThat(encoder.rowsWritten()).isEqualTo(1);
  }
}
