package dev.lockstep.system.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page of types and the round trips name the same types. */
@Tag("types")
class DocumentedTypesTest {
  private static final Path PAGE = Path.of("..", "docs", "types.md");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Pattern SIZE = Pattern.compile("\\([^)]*\\)");

  @Test
  void everyRowOfThePageHasARoundTripAndEveryRoundTripARow() throws IOException {
    List<Set<String>> rows = rows();
    assertThat(rows).hasSizeGreaterThan(10);
    List<Set<String>> without = new ArrayList<>(rows);
    List<TypeCase> undocumented = new ArrayList<>();
    for (TypeCase type : TypeCases.all()) {
      Optional<Set<String>> row = rowOf(type, rows);
      row.ifPresentOrElse(without::remove, () -> undocumented.add(type));
    }
    assertThat(without).as("rows of docs/types.md without a round trip").isEmpty();
    assertThat(undocumented).as("types that docs/types.md does not name").isEmpty();
  }

  /** Sizes of one row take different paths: one of them says nothing of the others. */
  @Test
  void everyNameWithItsSizeHasARoundTrip() throws IOException {
    Set<String> tried =
        TypeCases.all().stream()
            .flatMap(type -> names(type.type()))
            .collect(Collectors.toUnmodifiableSet());
    List<String> sized =
        rows().stream().flatMap(Set::stream).filter(name -> name.matches(".*\\(\\d.*")).toList();
    assertThat(sized).contains("BIT(16)", "FLOAT(7, 4)").hasSizeGreaterThan(10);
    assertThat(sized).isSubsetOf(tried);
  }

  /** The names in the first cells of the page's first table. */
  private static List<Set<String>> rows() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .dropWhile(line -> !line.startsWith("|---"))
        .skip(1)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("\\|", -1)[1])
        .map(
            cell ->
                NAME.matcher(cell).results().map(name -> name.group(1)).collect(Collectors.toSet()))
        .toList();
  }

  private static Optional<Set<String>> rowOf(TypeCase type, List<Set<String>> rows) {
    return names(type.type())
        .flatMap(name -> rows.stream().filter(row -> row.contains(name)))
        .findFirst();
  }

  /** What the page may call a type, the most exact first. */
  private static Stream<String> names(String type) {
    String plain =
        type.replaceAll(" (CHARACTER SET|SRID) \\w+", "")
            .replaceAll("(ENUM|SET)\\(.*\\)", "$1")
            .replace("ZEROFILL", "UNSIGNED");
    String signed = plain.replace(" UNSIGNED", "");
    return Stream.of(plain, signed)
        .flatMap(
            name ->
                Stream.of(
                    name.replace(",", ", "),
                    SIZE.matcher(name).replaceAll("(n)"),
                    SIZE.matcher(name).replaceAll("(p, s)"),
                    SIZE.matcher(name).replaceAll("")));
  }
}
