package dev.lockstep.apply.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/types.md} to the rules: its table names every type with its very target. */
@Tag("types")
class DocumentedTypesTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern TYPE = Pattern.compile("([A-Z0-9 ]+?)(?:\\((.+)\\))?");

  /** What the page's letters stand for in the recording. */
  private static final Map<String, Integer> LETTERS = Map.of("p", 12, "s", 3, "n", 3);

  private final String page;

  DocumentedTypesTest() throws IOException {
    page = Files.readString(Path.of("..", "docs", "types.md"));
  }

  private record Row(List<String> types, String target) {}

  @Test
  void everyRowHasTheRulesTarget() {
    for (Row row : rows()) {
      for (String type : row.types()) {
        for (Column column :
            List.of(RecordedColumns.of(type), RecordedColumns.underItsOwnName(type))) {
          assertThat(TypeRules.target(column, TypeOptions.NONE).type())
              .as(type)
              .isEqualTo(withNumbers(row.target()));
        }
      }
    }
  }

  @Test
  void everyTypeHasARow() {
    var documented = new TreeSet<String>();
    rows().forEach(row -> row.types().forEach(type -> documented.add(name(type))));
    assertThat(documented).containsAll(TypeRules.names());
    for (String name : TypeRules.names()) {
      Column column = RecordedColumns.of(name);
      boolean isInteger = TypeRules.target(column, TypeOptions.NONE).type().startsWith("Int");
      if (isInteger && !name.startsWith("BOOL")) {
        assertThat(documented).contains(name + " UNSIGNED");
      }
    }
  }

  @Test
  void noTypeHasTwoRows() {
    List<String> all = rows().stream().flatMap(row -> row.types().stream()).toList();
    assertThat(all).doesNotHaveDuplicates().hasSizeGreaterThan(100);
  }

  @Test
  void everyOptionAndChoiceIsNamed() {
    for (RecordComponent option : TypeOptions.class.getRecordComponents()) {
      String row =
          page.lines()
              .filter(line -> line.startsWith("| `" + option.getName() + "` |"))
              .findFirst()
              .orElse("");
      assertThat(row).as(option.getName()).isNotEmpty();
      Object[] choices = option.getType().getEnumConstants();
      for (Object choice : choices == null ? new Object[0] : choices) {
        assertThat(row).contains("`" + choice + "`");
      }
    }
  }

  private List<Row> rows() {
    return page.lines()
        .skip(page.lines().takeWhile(line -> !line.startsWith("| MySQL |")).count() + 2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("\\|", -1))
        .map(cells -> new Row(codes(cells[1]), codes(cells[2]).getFirst()))
        .toList();
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
  }

  private static String name(String type) {
    Matcher matcher = TYPE.matcher(type);
    assertThat(matcher.matches()).as(type).isTrue();
    return matcher.group(1);
  }

  private static String withNumbers(String text) {
    return Pattern.compile("\\b[psn]\\b")
        .matcher(text)
        .replaceAll(letter -> String.valueOf(LETTERS.get(letter.group())));
  }
}
