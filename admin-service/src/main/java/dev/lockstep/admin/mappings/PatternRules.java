package dev.lockstep.admin.mappings;

import dev.lockstep.admin.names.Names;
import dev.lockstep.common.mapping.TableMapping;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a mapping's {@code tables} may be: a regular expression, and one that can be tried on every
 * table without harm.
 */
final class PatternRules {
  static final int LONGEST = 2_000;

  /** As long as MySQL lets a database's or a table's name be. */
  static final int LONGEST_NAME = 64;

  /** ClickHouse keeps a table in a folder of its name. */
  static final int LONGEST_TARGET = 200;

  private static final int DEEPEST_GROUP = 4;
  private static final long MOST_REPEATS = 1_000_000;
  private static final int MOST_PROBES = 10;
  private static final Pattern LITERAL =
      Pattern.compile("\\\\Q.*?(?:\\\\E|$)|\\\\.", Pattern.DOTALL);
  private static final Pattern CLASS_OR_COUNT = Pattern.compile("\\[[^]]*]|\\{[^}]*}");
  private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,10})(?:,(\\d{0,10}))?}");

  private static final String SLOW =
      "tables: The pattern could take for ever to try. Make it simpler: groups at most four deep, and"
          + " no repetition of what holds one, such as (.*a)*.";

  private PatternRules() {}

  /** What is wrong with it; each error reads {@code tables: <problem> <remedy>}. */
  static List<String> errors(String tables) {
    if (tables.isBlank()) {
      return List.of("tables: The pattern is empty. Name tables, as in inventory\\.orders.");
    }
    if (tables.length() > LONGEST) {
      return List.of("tables: The pattern is longer than 2,000 characters. Make two mappings.");
    }
    if (tables.chars().anyMatch(Character::isISOControl) || Names.isNotUnicode(tables)) {
      return List.of(
          "tables: The pattern holds control characters or half a character. Leave them out, or"
              + " write them as \\uXXXX.");
    }
    // Depth first: to compile what is nested too deep overflows the stack.
    return depth(tables)
        .or(() -> syntax(tables))
        .or(() -> comma(tables))
        .or(() -> cost(tables))
        .stream()
        .toList();
  }

  private static Optional<String> syntax(String tables) {
    try {
      Pattern.compile(tables);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          "tables: The pattern is not a regular expression: "
              + e.getDescription()
              + " at index "
              + e.getIndex()
              + ". Correct it; a backslash is written twice in JSON.");
    }
  }

  /** A list as Debezium's table.include.list would match no table at all, and nobody would see. */
  private static Optional<String> comma(String tables) {
    String bare = CLASS_OR_COUNT.matcher(LITERAL.matcher(tables).replaceAll("")).replaceAll("");
    return bare.contains(",")
        ? Optional.of(
            "tables: The pattern holds a comma, and it is one expression, not a list. Put | between"
                + " alternatives; a comma in a name is written \\,")
        : Optional.empty();
  }

  private static Optional<String> cost(String tables) {
    String bare = LITERAL.matcher(tables).replaceAll("");
    return repeats(bare) > MOST_REPEATS || isSlow(tables) ? Optional.of(SLOW) : Optional.empty();
  }

  private static Optional<String> depth(String tables) {
    int depth = 0;
    int deepest = 0;
    for (char c : LITERAL.matcher(tables).replaceAll("").toCharArray()) {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    return deepest > DEEPEST_GROUP ? Optional.of(SLOW) : Optional.empty();
  }

  /** How often the innermost could be repeated when every counted repetition held another. */
  private static double repeats(String bare) {
    return COUNT
        .matcher(bare)
        .results()
        .mapToDouble(
            count -> {
              String most = count.group(2);
              return Double.parseDouble(most == null || most.isEmpty() ? count.group(1) : most);
            })
        .map(times -> Math.max(1, times))
        .reduce(1, (all, times) -> all * times);
  }

  /** Tries names of the pattern's own letters, the kind that backtracking is slow on. */
  private static boolean isSlow(String tables) {
    var mapping = TableMapping.of("", tables);
    try {
      tables
          .codePoints()
          .filter(Character::isLetterOrDigit)
          .distinct()
          .limit(MOST_PROBES)
          .mapToObj(letter -> Character.toString(letter).repeat(LONGEST_NAME))
          .forEach(name -> mapping.matches(name, name));
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
