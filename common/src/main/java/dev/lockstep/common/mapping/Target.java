package dev.lockstep.common.mapping;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a mapping's tables go. A name can hold {@code $1} or {@code ${name}} for what a
 * group of the pattern matched, {@code ${database}} and {@code ${table}} for the source's names,
 * and {@code $$} for a dollar sign.
 *
 * @param database the target's database; the source's where it is left out
 * @param table the target's table; the source's where it is left out
 */
public record Target(@Nullable String database, @Nullable String table) {
  /**
   * Checks the form of both.
   *
   * @throws IllegalArgumentException when a dollar sign stands alone, or a name is empty
   */
  public Target {
    templates(database, table);
  }

  private static List<NameTemplate> templates(@Nullable String database, @Nullable String table) {
    return Stream.of(database, table).filter(Objects::nonNull).map(NameTemplate::new).toList();
  }

  /**
   * What is wrong with names for a pattern's tables; empty when nothing is.
   *
   * @param tables a regular expression
   */
  public static Optional<String> problem(
      @Nullable String database, @Nullable String table, String tables) {
    try {
      new Target(database, table).checkGroups(new TablePattern(tables));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Makes sure that a pattern has the groups that are named here.
   *
   * @throws IllegalArgumentException when it has not
   */
  void checkGroups(TablePattern pattern) {
    templates(database, table).forEach(template -> template.checkGroups(pattern));
  }
}
