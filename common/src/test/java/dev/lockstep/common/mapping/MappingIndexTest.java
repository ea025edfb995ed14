package dev.lockstep.common.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.mapping.TableMapping.Deletes;
import dev.lockstep.common.mapping.TypeOptions.Binary;
import dev.lockstep.common.mapping.TypeOptions.ZeroDates;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("types")
class MappingIndexTest {
  private static TableMapping mapping(String name, String tables) {
    return TableMapping.of(name, tables);
  }

  private static TableMapping json(String json) {
    return ControlCodec.decode(json.getBytes(StandardCharsets.UTF_8), TableMapping.class);
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
    var index = new MappingIndex(all);
    assertThat(index.of("shop", "orders"))
        .extracting(TableMapping::name)
        .containsExactly("also-orders");
    assertThat(index.of("shop", "items")).extracting(TableMapping::name).containsExactly("shop");
    assertThat(index.of("other", "orders"))
        .extracting(TableMapping::name)
        .containsExactly("everything");
    assertThat(new MappingIndex(List.of()).of("a", "b")).containsExactly(TableMapping.DEFAULT);
    assertThat(new MappingIndex(List.of()).applying("a", "b")).isEmpty();
  }

  @Test
  void ofEachModeTheMostSpecificMappingApplies() {
    var index =
        new MappingIndex(
            List.of(
                json("{\"name\":\"events\",\"tables\":\".*\",\"mode\":\"APPEND\"}"),
                json("{\"name\":\"past\",\"tables\":\".*\",\"mode\":\"HISTORY\"}"),
                json("{\"name\":\"past-of-a\",\"tables\":\"a\\\\..*\",\"mode\":\"HISTORY\"}"),
                json("{\"name\":\"now\",\"tables\":\"a\\\\.b\",\"mode\":\"MIRROR\"}")));
    assertThat(index.of("a", "b"))
        .extracting(TableMapping::name)
        .containsExactly("now", "past-of-a", "events");
    assertThat(index.of("b", "c")).extracting(TableMapping::name).containsExactly("past", "events");
    assertThat(index.of("a", "c").getFirst().targetOf("a", "c"))
        .isEqualTo(new TargetName("a", "c__history"));
    assertThat(index.of("b", "c").getLast().targetOf("b", "c"))
        .isEqualTo(new TargetName("b", "c__events"));
  }

  @Test
  void aColumnsOptionsGoBeforeItsTables() {
    TableMapping mapping =
        json(
            """
            {"name": "m", "tables": ".*", "options": {"binary": "HEX", "zeroDates": "EPOCH"},
             "columns": {"c": {"zeroDates": "NULL"}}}
            """);
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
  }

  @Test
  void aPatternThatWouldTryForYearsGivesUpAndIsNamed() {
    var years = mapping("years", "(.*a){30}b");
    String name = "a".repeat(64);
    assertThatThrownBy(() -> years.matches(name, name))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("too many steps");
    assertThatThrownBy(() -> new MappingIndex(List.of(years)).of(name, name))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("mapping years: ");
  }

  private static TargetName target(String pattern, String template, String database, String table) {
    var json =
        """
        {"name": "m", "tables": "%s", "target": {"database": "%s", "table": "${table}"}}
        """;
    return json(json.formatted(pattern.replace("\\", "\\\\"), template)).targetOf(database, table);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "shop | shop\\..* | lake | lake",
        "shop_7 | shop(_\\d+)?\\..* | all${1}x$1 | all_7x_7",
        "shop_7 | shop_(?<number>\\d+)\\..* | n${number}_${table}_${database}$$ | n7_orders_shop_7$",
        "shop_7 | (?<database>[a-z]+)_\\d\\.(o)(z)?.* | ${database}$2$3 | shopo"
      })
  void aTargetIsMadeOfTheSourcesNames(
      String database, String pattern, String template, String expected) {
    assertThat(target(pattern, template, database, "orders"))
        .isEqualTo(new TargetName(expected, "orders"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a$", "$", "${", "${no}", "$1", "${1}", "a${table", "$x"})
  void aTargetThatCantBeMadeIsRefused(String template) {
    assertThatThrownBy(() -> target("shop\\..*", template, "shop", "orders"))
        .as(template)
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTargetWhoseNameComesOutEmptyIsRefusedForThatTable() {
    assertThatThrownBy(() -> target("shop(_\\d)?\\..*", "$1", "shop", "orders"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Mapping m gives shop.orders an empty name");
  }

  @Test
  void whatIsSaidOfAColumnStandsBesideItsOptions() {
    TableMapping mapping =
        json(
            """
            {"name": "m", "tables": ".*", "deletes": "SOFT",
             "columns": {"a": {"name": "b", "codec": "LZ4"}, "c": {"exclude": true}}}
            """);
    assertThat(mapping.nameOf("a")).isEqualTo("b");
    assertThat(mapping.optionsOf("a").codec()).isEqualTo("LZ4");
    assertThat(mapping.excludes("a")).isFalse();
    assertThat(mapping.excludes("c")).isTrue();
    assertThat(mapping.nameOf("d")).isEqualTo("d");
    assertThat(mapping.deletePolicy()).isEqualTo(Deletes.SOFT);
    assertThat(ControlCodec.decode(ControlCodec.encode(mapping), TableMapping.class))
        .isEqualTo(mapping);
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
