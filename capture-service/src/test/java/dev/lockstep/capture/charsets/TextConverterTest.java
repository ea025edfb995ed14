package dev.lockstep.capture.charsets;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.relational.Column;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.TableId;
import io.debezium.spi.converter.ConvertedField;
import io.debezium.spi.converter.CustomConverter;
import java.sql.Types;
import java.util.List;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("types")
class TextConverterTest {
  private static final TableId TABLE = new TableId("d", null, "t");

  private final CustomConverterRegistry registry = registry();

  @Test
  void bytesThatTheBinlogNamesNoCharsetForAreReadInDebeziums() {
    Column column = column("VARCHAR", "dec8");
    assertThat(registry.registerConverterFor(TABLE, column, null)).isPresent();
    var converter = registry.getValueConverter(TABLE, column).orElseThrow();
    assertThat(converter.convert(new byte[] {'a', (byte) 0xfd})).isEqualTo("aÿ");
    assertThat(converter.convert("ÿ")).isEqualTo("ÿ");
    assertThat(converter.convert(null)).isNull();
  }

  @Test
  void whatIsNoTextOrAlikeInJavaIsLeftToDebezium() {
    for (Column column : List.of(column("ENUM", "dec8"), column("SET", "dec8"))) {
      assertThat(registry.registerConverterFor(TABLE, column, null)).isEmpty();
    }
    assertThat(registry.registerConverterFor(TABLE, column("TEXT", "utf8mb4"), null)).isEmpty();
  }

  private static Column column(String type, String charset) {
    return Column.editor()
        .name("c")
        .type(type)
        .jdbcType(Types.VARCHAR)
        .charsetName(charset)
        .create();
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // as Debezium makes it of a config
  private static CustomConverterRegistry registry() {
    CustomConverter<SchemaBuilder, ConvertedField> converter =
        (CustomConverter) new TextConverter();
    return new CustomConverterRegistry(List.of(converter));
  }
}
