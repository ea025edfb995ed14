package dev.lockstep.apply.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.mapping.TypeOptions.OutOfRange;
import dev.lockstep.common.mapping.TypeOptions.ZeroDates;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.Wire;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("types")
class TypeRulesTest {
  private static TypeOptions times(@Nullable ZeroDates zeroDates, @Nullable OutOfRange outOfRange) {
    return new TypeOptions(zeroDates, outOfRange, null, null, null, null, null, null, null);
  }

  private static Column column(String type) {
    return RecordedColumns.of(type);
  }

  private static Column wire(String type, String wire, @Nullable String semantic) {
    return new Column("c", type, null, null, true, new Wire(wire, semantic, Map.of()));
  }

  @Test
  void aKeyIsNeverAltered() {
    for (TypeOptions options :
        List.of(
            times(ZeroDates.NULL, null),
            times(ZeroDates.EPOCH, null),
            times(null, OutOfRange.CLAMP))) {
      assertThatThrownBy(() -> TypeRules.keyTarget(column("DATE"), options))
          .isInstanceOf(UnsupportedColumnException.class)
          .hasMessageStartingWith("Key column c of type DATE can't have ")
          .hasMessageContaining("{\"outOfRange\": \"STRING\"}");
    }
    TypeOptions text = times(ZeroDates.NULL, OutOfRange.STRING);
    assertThat(TypeRules.keyTarget(column("DATE"), text).type()).isEqualTo("String");
    TypeOptions clamp = times(null, OutOfRange.CLAMP);
    assertThat(TypeRules.keyTarget(column("TIMESTAMP"), clamp).alters()).isFalse();
    assertThat(TypeRules.keyTarget(column("INT"), times(ZeroDates.NULL, null)).alters()).isFalse();
  }

  @Test
  void aKeyIsNotOfClickHousesJson() {
    var json =
        new TypeOptions(null, null, null, TypeOptions.Json.JSON, null, null, null, null, null);
    assertThatThrownBy(() -> TypeRules.keyTarget(column("JSON"), json))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessageContaining("{\"json\": \"STRING\"}");
    assertThat(TypeRules.keyTarget(column("JSON"), TypeOptions.NONE).type()).isEqualTo("String");
  }

  @Test
  void aTableWithoutAKeyHasNoneOfClickHousesJson() {
    var json =
        new TypeOptions(null, null, null, TypeOptions.Json.JSON, null, null, null, null, null);
    assertThatThrownBy(() -> TypeRules.keylessTarget(column("JSON"), json))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessageContaining("without a key")
        .hasMessageContaining("{\"json\": \"STRING\"}");
    assertThat(TypeRules.keylessTarget(column("JSON"), TypeOptions.NONE).type())
        .isEqualTo("String");
    assertThat(TypeRules.keylessTarget(column("INT"), json).type()).isEqualTo("Int32");
    assertThat(TypeRules.target(column("JSON"), json).type()).isEqualTo("JSON");
  }

  @Test
  void aColumnSaysWhetherItsPolicyMayAlterValues() {
    assertThat(TypeRules.target(column("DATE"), TypeOptions.NONE).alters()).isFalse();
    assertThat(TypeRules.target(column("DATE"), times(null, OutOfRange.CLAMP)).alters()).isTrue();
    assertThat(TypeRules.target(column("TIME"), times(ZeroDates.NULL, null)).alters()).isFalse();
  }

  @Test
  void theCodecSuitsTheTypeUnlessTheMappingNamesOne() {
    assertThat(TypeRules.target(column("INT"), TypeOptions.NONE).codec()).isEqualTo("T64, LZ4");
    assertThat(TypeRules.keyTarget(column("INT"), TypeOptions.NONE).codec())
        .isEqualTo("Delta, ZSTD(1)");
    assertThat(TypeRules.target(column("DATETIME"), TypeOptions.NONE).codec())
        .isEqualTo("Delta, ZSTD(1)");
    assertThat(TypeRules.target(column("TEXT"), TypeOptions.NONE).codec()).isNull();
    assertThat(TypeRules.target(column("DATE"), times(null, OutOfRange.STRING)).codec()).isNull();
    var chosen = new TypeOptions(null, null, null, null, null, null, null, null, "ZSTD(3)");
    assertThat(TypeRules.keyTarget(column("TEXT"), chosen).codec()).isEqualTo("ZSTD(3)");
  }

  @Test
  void theSourcesCommentGoesAlong() {
    Column plain = column("INT");
    var commented = new Column("c", "INT", null, null, false, "it's", plain.wire());
    assertThat(TypeRules.target(commented, TypeOptions.NONE).comment()).isEqualTo("it's");
    assertThat(TypeRules.target(plain, TypeOptions.NONE).comment()).isNull();
  }

  @Test
  void whatHasNoRuleSaysTheWayOut() {
    refused(wire("FANCY", "string", null), "type FANCY, which is not known. Leave it out");
    refused(wire("VARCHAR", "bytes", null), "Column c of type VARCHAR (on the wire bytes)");
    refused(wire("BLOB", "string", null), "Set binary.handling.mode to bytes");
    refused(wire("DECIMAL", "float64", null), "set decimal.handling.mode to precise or string");
    refused(wire("BIGINT UNSIGNED", "float64", null), "bigint.unsigned.handling.mode");
    refused(
        wire("TIME", "string", "io.debezium.time.IsoTime"),
        "set time.precision.mode to adaptive_time_microseconds");
    refused(wire("GEOMETRY", "string", null), "column.exclude.list");
  }

  @Test
  void numbersThatComeAsBooleansAreRefusedAsTheyAreOnes() {
    var bool =
        new TypeOptions(null, null, null, null, null, null, TypeOptions.BoolLike.BOOL, null, null);
    for (String type : List.of("TINYINT", "BOOL", "BOOLEAN")) {
      Column column = wire(type, "boolean", null);
      refused(column, "true for every one but 0: leave TinyIntOneToBooleanConverter");
      assertThatThrownBy(() -> TypeRules.target(column, bool))
          .isInstanceOf(UnsupportedColumnException.class);
    }
  }

  @Test
  void millisecondsAreRefusedWhereTheSourceHasMoreDigits() {
    for (String semantic :
        List.of("io.debezium.time.Timestamp", "org.apache.kafka.connect.data.Timestamp")) {
      assertThat(TypeRules.target(digits("DATETIME", 3, semantic), TypeOptions.NONE).type())
          .isEqualTo("Nullable(DateTime64(3, 'UTC'))");
      refused(digits("DATETIME", 4, semantic), "lost digits on the way: set time.precision.mode");
    }
    for (String semantic : List.of("io.debezium.time.Time", "org.apache.kafka.connect.data.Time")) {
      assertThat(TypeRules.target(digits("TIME", 3, semantic), TypeOptions.NONE).type())
          .isEqualTo("Nullable(Time64(3))");
      refused(digits("TIME", 6, semantic), "lost digits on the way: set time.precision.mode");
    }
  }

  private static Column digits(String type, int digits, String semantic) {
    return new Column("c", type, digits, null, true, new Wire("int64", semantic, Map.of()));
  }

  private static void refused(Column column, String reason) {
    assertThatThrownBy(() -> TypeRules.target(column, TypeOptions.NONE))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessageContaining(reason);
  }
}
