package dev.lockstep.admin.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.admin.bodies.MalformedBodyException;
import dev.lockstep.common.mapping.ColumnMapping;
import dev.lockstep.common.mapping.ComputedColumn;
import dev.lockstep.common.mapping.Storage;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.Target;
import dev.lockstep.common.mapping.TypeOptions;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("types")
class MappingRulesTest {
  private static TableMapping read(String body) {
    return MappingJson.read("m", body.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String body) {
    RuntimeException refused = Assertions.assertThrows(RuntimeException.class, () -> read(body));
    assertThat(refused).isInstanceOfAny(MappingException.class, MalformedBodyException.class);
    return refused.getMessage();
  }

  private static String withTables(String pattern) {
    return "{\"tables\":\"" + pattern.replace("\\", "\\\\") + "\"}";
  }

  private static String withCodec(String codec) {
    return "{\"tables\":\".*\",\"options\":{\"codec\":\"" + codec + "\"}}";
  }

  /** What is wrong is told with its place and the way out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}| tables: It is missing",
        "{`tables`:null}| tables: The value is null",
        "{`tables`:7}| tables: It must be a string",
        "{`tables`:` `}| tables: The pattern is empty",
        "{`tables`:`a(`}| tables: The pattern is not a regular expression: Unclosed group at index",
        "{`tables`:`a\\u0000`}| tables: The pattern holds control characters",
        "{`tables`:`a\\ud800`}| tables: The pattern holds control characters or half a character",
        "{`tables`:`a.b,a.c`}| tables: The pattern holds a comma",
        "{`tables`:`.*`,`name`:`n`}| name: It is another one than in the URL",
        "{`tables`:`.*`,`name`:7}| name: It is another one than in the URL",
        "{`tables`:`.*`,`columns`:{`a`:{`type`:1}}}| columns.a.type: It must be a string, such as",
        "{`tables`:`.*`,`columns`:{`a`:{`type`:`Int24`}}}| columns.a.type: It can't be: no column can be"
            + " given it. Types are String, LowCardinality(String), Int8 to Int256",
        "{`tables`:`.*`,`columns`:{`a`:{`type`:`Int8`,`mask`:{`kind`:`REDACT`}}}}| columns.a: A masked",
        "{`tables`:`.*`,`columns`:{`a`:{`mask`:`HASH`}}}| columns.a.mask: It must be an object: {",
        "{`tables`:`.*`,`columns`:{`a`:{`mask`:{}}}}| columns.a.mask: It must have kind: HASH",
        "{`tables`:`.*`,`columns`:{`a`:{`mask`:{`kind`:`MD5`}}}}| columns.a.mask.kind: There is no such",
        "{`tables`:`.*`,`columns`:{`a`:{`mask`:{`kind`:`HASH`,`salt`:`S3cret!`}}}}| columns.a.mask: It"
            + " can't be: salt is the name of a salt that apply-service has",
        "{`tables`:`.*`,`columns`:{`a`:{`mask`:{`kind`:`REDACT`,`salt`:`x`}}}}| salt is for kind HASH",
        "{`tables`:`.*`,`columns`:{`a`:{`mask`:{`kind`:`TRUNCATE`}}}}| kind TRUNCATE needs length",
        "{`tables`:`.*`,`columns`:{`a`:{`mask`:{`kind`:`HASH`,`length`:3}}}}| length is for kind",
        "{`tables`:`.*`,`columns`:{`a`:{`mask`:{`kind`:`HASH`,`length`:1.5}}}}| It must be a whole number",
        "{`tables`:`.*`,`filter`:1}| filter: It must be a string, such as \"country = 'DE'",
        "{`tables`:`.*`,`filter`:`a = b`}| filter: It can't be: b can't stand at character 5: compare a",
        "{`table`:`.*`}| table: There is no such property. Did you mean tables?",
        "{`tables`:`.*`,`Keyless`:`REFUSE`}| Did you mean keyless?",
        "{`tables`:`.*`,`zeroDates`:`NULL`}| zeroDates: There is no such property. It belongs into",
        "{`tables`:`.*`,`flavour`:1}| Known are name, tables, mode, target, options, columns,"
            + " computed, orderBy, partitionBy, ttl, settings, filter, deletes, keyless.",
        "{`tables`:`.*`,`keyless`:`KEEP`}| keyless: There is no such choice. It must be one of"
            + " MULTISET, REFUSE.",
        "{`tables`:`.*`,`keyless`:0}| keyless: There is no such choice.",
        "{`tables`:`.*`,`mode`:`history`}| mode: There is no such choice. It must be one of MIRROR,"
            + " HISTORY, APPEND.",
        "{`tables`:`.*`,`deletes`:`KEEP`}| deletes: There is no such choice. It must be one of"
            + " DELETE, SOFT, IGNORE.",
        "{`tables`:`.*`,`target`:`x`}| target: It must be an object",
        "{`tables`:`.*`,`target`:{`schema`:`x`}}| target.schema: There is no such property.",
        "{`tables`:`.*`,`target`:{`table`:7}}| target.table: It must be a string",
        "{`tables`:`.*`,`target`:{`table`:``}}| target.table: It can't be: a name of the target is"
            + " empty",
        "{`tables`:`.*`,`target`:{`table`:`a$`}}| target.table: It can't be: in a$ a dollar sign"
            + " stands alone",
        "{`tables`:`(a)\\\\..*`,`target`:{`table`:`$2`}}| a group is named that the pattern does"
            + " not have",
        "{`tables`:`.*`,`target`:{`table`:`a\\u0000`}}| target.table: It must have 200 characters",
        "{`tables`:`.*`,`options`:{`exclude`:true}}| options.exclude: There is no such property. It"
            + " is of a single column",
        "{`tables`:`.*`,`name`:`m`,`exclude`:true}| exclude: There is no such property. It belongs"
            + " into options, or to a column",
        "{`tables`:`.*`,`columns`:{`a`:{`exclude`:1}}}| columns.a.exclude: It must be true or false",
        "{`tables`:`.*`,`columns`:{`a`:{`exclude`:true,`name`:`b`}}}| columns.a: It is excluded",
        "{`tables`:`.*`,`columns`:{`a`:{`name`:``}}}| columns.a.name: It must be a name of 1 to 64",
        "{`tables`:`.*`,`columns`:{`a`:{`name`:`c`},`b`:{`name`:`c`}}}| columns.b.name: Column a"
            + " has this name",
        "{`tables`:`.*`,`columns`:{`a`:{`target`:{}}}}| columns.a.target: There is no such property."
            + " It belongs to the mapping itself",
        "{`tables`:`.*`,`orderBy`:`id`}| orderBy: It must be a list of 1 to 100 columns",
        "{`tables`:`.*`,`orderBy`:[]}| orderBy: It must be a list",
        "{`tables`:`.*`,`orderBy`:[`id`,`id`]}| orderBy: It names id twice",
        "{`tables`:`.*`,`orderBy`:[7]}| orderBy: It must be a string",
        "{`tables`:`.*`,`orderBy`:[``]}| orderBy: No column can be called",
        "{`tables`:`.*`,`partitionBy`:`a) --`}| partitionBy: It can't be: a bracket is closed",
        "{`tables`:`.*`,`ttl`:`a SETTINGS b = 1`}| ttl: It can't be: it holds SETTINGS",
        "{`tables`:`.*`,`settings`:{`A b`:1}}| settings.A b: No setting of ClickHouse",
        "{`tables`:`.*`,`settings`:{`a`:1.5}}| settings.a: It must be a string, a whole number",
        "{`tables`:`.*`,`settings`:{`a`:{}}}| settings.a: It must be a string, a whole number",
        "{`tables`:`.*`,`computed`:{`a`:{`type`:`Date`}}}| computed.a: It must have expression.",
        "{`tables`:`.*`,`computed`:{`a`:{`type`:`Date, b Int8`,`expression`:`1`}}}| computed.a.type:"
            + " It can't be: it does not look like a type",
        "{`tables`:`.*`,`computed`:{`a`:{`type`:`Date`,`expression`:`(SELECT 1)`}}}|"
            + " computed.a.expression: It can't be: it holds SELECT",
        "{`tables`:`.*`,`computed`:{`a`:{`type`:`Date`,`expression`:`1`,`kind`:`DEFAULT`}}}|"
            + " computed.a.kind: There is no such choice. It must be one of MATERIALIZED, ALIAS.",
        "{`tables`:`.*`,`computed`:{`a`:{`type`:`Date`,`expression`:`1`,`when`:`x`}}}|"
            + " computed.a.when: There is no such property.",
        "{`tables`:`.*`,`computed`:{``:{}}}| A column's name has 1 to 64 characters",
        "{`tables`:`.*`,`options`:[]}| options: It must be an object",
        "{`tables`:`.*`,`options`:{`zeroDate`:`NULL`}}| options.zeroDate: There is no such"
            + " property. Did you mean zeroDates?",
        "{`tables`:`.*`,`options`:{`keyless`:`REFUSE`}}| It belongs to the mapping itself",
        "{`tables`:`.*`,`options`:{`zeroDates`:null}}| the choice NULL has quotes",
        "{`tables`:`.*`,`options`:{`zeroDates`:`null`}}| It must be one of NULL, EPOCH, QUARANTINE.",
        "{`tables`:`.*`,`options`:{`outOfRange`:`drop`}}| It must be one of CLAMP, STRING,"
            + " QUARANTINE.",
        "{`tables`:`.*`,`options`:{`binary`:{}}}| It must be one of RAW, BASE64, HEX.",
        "{`tables`:`.*`,`options`:{`lowCardinality`:`true`}}| It must be true or false",
        "{`tables`:`.*`,`options`:{`codec`:3}}| options.codec: It does not look like a codec",
        "{`tables`:`.*`,`columns`:[]}| columns: It must be an object",
        "{`tables`:`.*`,`columns`:{`a`:`HEX`}}| columns.a: It must be an object",
        "{`tables`:`.*`,`columns`:{``:{}}}| No column of MySQL can have this name",
        "{`tables`:`.*`,`columns`:{`\\ud800`:{}}}| Malformed JSON at line 1",
        "{`tables`:`.*`,`columns`:{`a`:{`time`:`TIME`}}}| columns.a.time: There is no such choice."
            + " It must be one of TIME64, MICROSECONDS.",
        "[]| The body must be a JSON object",
        "7| The body must be a JSON object",
        "{`tables`:`.*`,`tables`:`a`}| Malformed JSON at line 1",
        "{`tables`:`.*`} {}| Malformed JSON at line 1",
        "{`tables`:`.*`| Malformed JSON at line 1"
      })
  void aFaultIsToldWithItsPlaceAndTheWayOut(String body, String message) {
    assertThat(refusal(body.replace('`', '"'))).contains(message);
  }

  @Test
  void everyFaultIsToldAtOnceUpToTwenty() {
    assertThat(refusal("{\"tables\":\"(\",\"keyless\":\"x\",\"options\":{\"codec\":\"\"}}"))
        .startsWith("The mapping is invalid and contains the following 3 error(s):\ntables: ")
        .contains("\nkeyless: ", "\noptions.codec: ");
    String many =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "\"c" + i + "\":{\"x\":1}")
            .collect(Collectors.joining(","));
    assertThat(refusal("{\"tables\":\".*\",\"columns\":{" + many + "}}"))
        .contains("5000 error(s)")
        .endsWith("\nand 4980 more")
        .hasSizeLessThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ZSTD(3)",
        "LZ4",
        "Delta(4), LZ4",
        "DoubleDelta,ZSTD(1)",
        "FPC(12, 4)",
        "NONE",
        "T64 , LZ4HC( 9 )"
      })
  void aCodecPasses(String codec) {
    assertThat(read(withCodec(codec)).options().codec()).isEqualTo(codec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ZSTD(3)) TTL now(",
        "ZSTD(3)) COMMENT (1",
        "ZSTD(3), x UInt8",
        "ZSTD(3); DROP TABLE a",
        "T64('bit')",
        "ZSTD(3",
        "ZSTD)3(",
        "ZSTD((3))",
        "ZSTD(-1)",
        "ZSTD(1)--",
        "ZSTD(1)/*",
        "`a`",
        "ＺＳＴＤ",
        "LZ4\\n",
        "LZ4,",
        ",",
        "()",
        "3(ZSTD)"
      })
  void nothingElsePassesAsACodec(String codec) {
    assertThat(refusal(withCodec(codec))).contains("\noptions.codec: ");
  }

  @Test
  void sizesAreBounded() {
    assertThat(refusal(withCodec("a".repeat(201)))).contains("200 characters at most");
    assertThat(read(withCodec("a".repeat(200))).options().codec()).hasSize(200);
    assertThat(refusal(withTables("a".repeat(2_001)))).contains("longer than 2,000 characters");
    assertThat(read(withTables("a".repeat(2_000))).tables()).hasSize(2_000);
    assertThat(refusal(withColumns(5_001))).contains("columns: They are more than 5,000.");
    assertThat(read(withColumns(5_000)).columns()).hasSize(5_000);
    assertThat(refusal("{\"tables\":\".*\",\"columns\":{\"" + "c".repeat(65) + "\":{}}}"))
        .contains("No column of MySQL can have this name");
  }

  private static String withColumns(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"c" + i + "\":{}")
        .collect(Collectors.joining(",", "{\"tables\":\".*\",\"columns\":{", "}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".*",
        "inventory\\.orders",
        "inventory\\.(?!tmp_).*",
        "(?i)Inventory\\.(orders|items)_\\d{4}_\\d{2}",
        "shop[0-9]{1,3}\\..*",
        "a\\.b\\,c",
        "a\\.b[,]c",
        "\\Qa.b(c\\E",
        ".*\\.größe"
      })
  void aPatternPasses(String pattern) {
    assertThat(read(withTables(pattern)).tables()).isEqualTo(pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(.*a){30}b",
        "((([a.]*)*)*)*b",
        "(((((a)))))",
        "(?:(?:(?:){999}){999}){999}",
        "(a*)*\\1(a*)*b\\2"
      })
  void aPatternThatCouldTakeForEverIsRefusedAtOnce(String pattern) {
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> assertThat(refusal(withTables(pattern))).contains("for ever to try"));
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(refusal("{\"a\":".repeat(10_000))).startsWith("Malformed JSON");
    assertThat(refusal(withTables("(".repeat(1_000) + ")".repeat(1_000)))).contains("for ever");
    assertThat(refusal(withTables("[".repeat(1_000) + "]".repeat(1_000)))).contains("tables: ");
  }

  @Test
  void whatCommonKnowsIsKnownHereAndShown() {
    assertThat(names(MappingView.class)).isEqualTo(names(TableMapping.class));
    assertThat(names(MappingView.Options.class)).isEqualTo(names(TypeOptions.class));
    assertThat(names(MappingView.ColumnView.class)).isEqualTo(names(ColumnMapping.class));
    assertThat(names(MappingView.TargetView.class)).isEqualTo(names(Target.class));
    assertThat(names(MappingView.StorageView.class)).isEqualTo(names(Storage.class));
    assertThat(names(MappingView.ComputedView.class)).isEqualTo(names(ComputedColumn.class));
    for (String property : MappingRules.PROPERTIES.keySet()) {
      assertThat(refusal("{\"%s\":7}".formatted(property)))
          .as("a rule for what is new in mappings")
          .contains(property + ": ");
    }
    for (String property : ColumnRules.PROPERTIES.keySet()) {
      assertThat(refusal("{\"columns\":{\"a\":{\"%s\":[]}}}".formatted(property)))
          .as("a rule for what is new in columns")
          .contains("columns.a." + property);
    }
  }

  private static List<String> names(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  @Test
  void anEmptyBodyIsRefused() {
    assertThatThrownBy(() -> MappingJson.read("m", null))
        .isInstanceOf(MalformedBodyException.class);
  }
}
