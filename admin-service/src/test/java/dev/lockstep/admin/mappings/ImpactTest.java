package dev.lockstep.admin.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.mapping.TableMapping;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("apply")
class ImpactTest {
  private static final Pattern LINE =
      Pattern.compile("\\| (.+?) \\| `(NOTHING|IN_PLACE|REBUILD)` \\| .+ \\|");

  private static TableMapping mapping(String properties) {
    String json =
        "{`name`:`m`,`tables`:`.*`%s}".formatted(properties.isEmpty() ? "" : "," + properties);
    return ControlCodec.decode(
        json.replace('`', '"').getBytes(StandardCharsets.UTF_8), TableMapping.class);
  }

  /** Of each change there is one at least, with the rule that it goes by. */
  private static final String CASES =
      """
      | `options`:{`codec`:`LZ4`} | CODEC options.codec
      `columns`:{`a`:{`type`:`Int64`}} | `columns`:{`a`:{`type`:`Int32`}} | TYPE columns.a.type
      `columns`:{`a`:{`type`:`Decimal(5,2)`}} | `columns`:{`a`:{`type`:`Decimal(5, 2)`}} |
      | `options`:{`binary`:`HEX`} | TYPE options.binary
      | `columns`:{`a`:{`json`:`JSON`,`boolLike`:`BOOL`}} | TYPE columns.a.json, TYPE columns.a.boolLike
      | `options`:{`zeroDates`:`NULL`} | TYPE options.zeroDates
      `options`:{`zeroDates`:`EPOCH`} | | ALTERING options.zeroDates
      | `options`:{`outOfRange`:`CLAMP`} | ALTERING options.outOfRange
      `options`:{`outOfRange`:`STRING`} | | TYPE options.outOfRange
      | `mode`:`HISTORY`,`filter`:`a = 1` | MODE mode
      `mode`:`APPEND` | `mode`:`MIRROR` | MODE_MIRROR mode
      | `mode`:`MIRROR` |
      | `target`:{`table`:`x`} | TARGET target
      `mode`:`APPEND` | `mode`:`APPEND`,`target`:{`table`:`x`} | TARGET_OF_CHANGES target
      | `columns`:{`a`:{`exclude`:true}} | EXCLUDED columns.a.exclude
      `columns`:{`a`:{`exclude`:true}} | `columns`:{`a`:{`name`:`b`}} | INCLUDED columns.a.exclude
      | `columns`:{`a`:{`exclude`:false}} |
      `columns`:{`a`:{`name`:`a`}} | `columns`:{`a`:{`name`:`b`}} | RENAMED columns.a.name
      `columns`:{`a`:{`name`:`a`}} | |
      | `columns`:{`a`:{`mask`:{`kind`:`HASH`}}} | MASK columns.a.mask
      | `ttl`:`a + 1`,`settings`:{`x`:`1`} | LAYOUT_IN_PLACE ttl, LAYOUT_IN_PLACE settings
      | `computed`:{`x`:{`type`:`Int8`,`expression`:`1`}} | LAYOUT_IN_PLACE computed
      | `orderBy`:[`a`,`id`] | SORTING orderBy
      `orderBy`:[`id`,`a`] | `orderBy`:[`a`,`id`] | PLACES orderBy
      `mode`:`APPEND` | `mode`:`APPEND`,`orderBy`:[`a`] | PLACES orderBy
      | `partitionBy`:`a` | PLACES partitionBy
      | `filter`:`a > 1` | FILTER filter
      `filter`:`(a>1.0)` | `filter`:`a > 1` |
      `mode`:`APPEND`,`filter`:`a > 2` | `mode`:`APPEND`,`filter`:`a > 1` | FILTER_OF_EVENTS filter
      | `deletes`:`SOFT` | SOFT deletes
      `deletes`:`SOFT` | `deletes`:`IGNORE` | SOFT deletes
      `deletes`:`IGNORE` | `deletes`:`DELETE` | NOT_IGNORED deletes
      | `deletes`:`IGNORE` | IGNORED deletes
      | `deletes`:`DELETE` |
      | `keyless`:`REFUSE` | KEYLESS keyless
      """;

  @Test
  void eachChangeGoesByItsRule() {
    for (String line : CASES.lines().toList()) {
      String[] parts = line.split("\\|", -1);
      Impact impact =
          Comparison.of(Optional.of(mapping(parts[0].strip())), mapping(parts[1].strip()));
      assertThat(
              impact.changes().stream()
                  .map(change -> rule(change) + " " + change.property())
                  .collect(Collectors.joining(", ")))
          .as(line)
          .isEqualTo(parts[2].strip());
      assertThat(impact.needs())
          .isEqualTo(
              impact.changes().stream()
                  .map(Impact.Change::needs)
                  .max(ChangeRule.Needs::compareTo)
                  .orElse(ChangeRule.Needs.NOTHING));
    }
    for (ChangeRule rule : ChangeRule.values()) {
      assertThat(CASES + "TABLES ").contains(rule + " ");
    }
  }

  private static ChangeRule rule(Impact.Change change) {
    return Arrays.stream(ChangeRule.values())
        .filter(rule -> rule.reason().equals(change.reason()))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"a\\..*, a\\.b, REBUILD", "a\\..*, a\\..*, NOTHING"})
  void otherTablesGoByOtherRules(String was, String is, ChangeRule.Needs needs) {
    Impact impact = Comparison.of(Optional.of(TableMapping.of("m", was)), TableMapping.of("m", is));
    assertThat(impact.needs()).isEqualTo(needs);
  }

  @Test
  void aNewMappingIsComparedWithTheDefaults() {
    Impact impact = Comparison.of(Optional.empty(), mapping("`ttl`:`a + 1`"));
    assertThat(impact.changes()).extracting(Impact.Change::property).containsExactly("ttl");
  }

  @Test
  void theDocumentationHasTheSameRules() throws Exception {
    Map<String, String> documented = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "mappings.md"))) {
      var matcher = LINE.matcher(line);
      if (matcher.matches()) {
        documented.put(matcher.group(1), matcher.group(2));
      }
    }
    Map<String, String> known = new LinkedHashMap<>();
    for (ChangeRule rule : List.of(ChangeRule.values())) {
      known.put(rule.changed(), rule.needs().name());
    }
    assertThat(documented).containsExactlyEntriesOf(known);
  }
}
