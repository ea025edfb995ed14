package dev.lockstep.common.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.mapping.ColumnType.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("apply")
class ColumnTypeTest {
  @Test
  void namesAreReadHoweverTheyAreSpaced() {
    assertThat(ColumnType.parse(" Nullable( Decimal( 20,4 ) )"))
        .isEqualTo(new ColumnType(Kind.DECIMAL, 0, 20, 4, null, true));
    assertThat(ColumnType.parse("UInt256"))
        .isEqualTo(new ColumnType(Kind.UNSIGNED, 256, 0, 0, null, false));
    assertThat(ColumnType.parse("DateTime64(3,'Europe/Berlin')"))
        .isEqualTo(new ColumnType(Kind.DATE_TIME64, 0, 3, 0, "Europe/Berlin", false));
    assertThat(ColumnType.parse("LowCardinality(Nullable(String))"))
        .isEqualTo(new ColumnType(Kind.LOW_CARDINALITY, 0, 0, 0, null, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Int24",
        "int64",
        "Decimal(77, 1)",
        "Decimal(5, 6)",
        "DateTime64(7)",
        "DateTime('Nowhere/Else')",
        "Array(String)",
        "Nullable(Nullable(Int8))",
        "String) ENGINE = Log",
        "LowCardinality(Int8)"
      })
  void othersAreRefused(String name) {
    assertThat(ColumnType.problem(name)).isPresent();
  }
}
