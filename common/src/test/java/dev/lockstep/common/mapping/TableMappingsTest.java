package dev.lockstep.common.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.mapping.TypeOptions.Binary;
import dev.lockstep.common.mapping.TypeOptions.ZeroDates;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("types")
class TableMappingsTest {
  private static TableMapping mapping(String name, String tables) {
    return new TableMapping(name, tables, TypeOptions.NONE, Map.of(), null);
  }

  private static TypeOptions options(String json) {
    return ControlCodec.decode(json.getBytes(), TypeOptions.class);
  }

  @Test
  void theMostSpecificMappingApplies() {
    List<TableMapping> all =
        List.of(
            mapping("everything", ".*"),
            mapping("shop", "shop\\..*"),
            mapping("orders", "shop\\.orders"),
            mapping("also-orders", "shop\\.orders"));
    assertThat(TableMappings.of(all, "shop", "orders").name()).isEqualTo("also-orders");
    assertThat(TableMappings.of(all, "shop", "items").name()).isEqualTo("shop");
    assertThat(TableMappings.of(all, "other", "orders").name()).isEqualTo("everything");
    assertThat(TableMappings.of(List.of(), "a", "b")).isEqualTo(TableMapping.DEFAULT);
  }

  @Test
  void aColumnsOptionsGoBeforeItsTables() {
    TypeOptions table = options("{\"binary\":\"HEX\",\"zeroDates\":\"EPOCH\"}");
    TypeOptions column = options("{\"zeroDates\":\"NULL\"}");
    TableMapping mapping = new TableMapping("m", ".*", table, Map.of("c", column), null);
    assertThat(mapping.optionsOf("c").zeroDates()).isEqualTo(ZeroDates.NULL);
    assertThat(mapping.optionsOf("c").binary()).isEqualTo(Binary.HEX);
    assertThat(mapping.optionsOf("d").zeroDates()).isEqualTo(ZeroDates.EPOCH);
  }

  @Test
  void itsJsonNeedsNoMoreThanNameAndTables() {
    TableMapping mapping =
        ControlCodec.decode(
            "{\"name\":\"m\",\"tables\":\"a\\\\.b\"}".getBytes(), TableMapping.class);
    assertThat(mapping).isEqualTo(mapping("m", "a\\.b"));
    assertThat(ControlCodec.decode(ControlCodec.encode(mapping), TableMapping.class))
        .isEqualTo(mapping);
  }

  @Test
  void aPatternThatIsNoneIsRefusedWithItsFault() {
    assertThatThrownBy(() -> mapping("m", "a("))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unclosed group");
  }

  @Test
  void anIndexTellsAllThatMatchInTheirOrder() {
    var index =
        new MappingIndex(
            List.of(
                mapping("everything", ".*"),
                mapping("orders", "shop\\.orders"),
                mapping("other", "other\\..*"),
                mapping("shop", "shop\\..*")));
    assertThat(index.matching("shop", "orders"))
        .extracting(TableMapping::name)
        .containsExactly("orders", "shop", "everything");
    assertThat(new MappingIndex(List.of()).of("shop", "orders")).isSameAs(TableMapping.DEFAULT);
  }

  @Test
  void aPatternThatWouldTryForYearsGivesUpAndIsNamed() {
    var years = mapping("years", "(.*a){30}b");
    String name = "a".repeat(64);
    assertThatThrownBy(() -> years.matches(name, name))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("too many steps");
    assertThatThrownBy(() -> TableMappings.of(List.of(years), name, name))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("mapping years: ");
  }

  @Test
  void aCodecThatCouldEndItsDdlIsRefused() {
    assertThat(options("{\"codec\":\"Delta(4), ZSTD(3)\"}").codec()).isEqualTo("Delta(4), ZSTD(3)");
    for (String codec : List.of("", "LZ4)", "ZSTD(1)) TTL now(", "LZ4, --", "'x'")) {
      assertThatThrownBy(() -> options("{\"codec\":\"" + codec + "\"}"))
          .as(codec)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
