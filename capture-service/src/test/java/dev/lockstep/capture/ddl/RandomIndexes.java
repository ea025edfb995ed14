package dev.lockstep.capture.ddl;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Statements on the indexes of a table {@code t}, of which MySQL may refuse some. */
final class RandomIndexes {
  private static final List<String> COLUMNS = List.of("a", "b", "c", "d");
  private static final List<String> NAMES = List.of("u", "w", "a", "b", "a_2", "PRIMARY");
  private final Random random;

  RandomIndexes(long seed) {
    random = new Random(seed);
  }

  String createTable() {
    String columns =
        COLUMNS.stream().map(name -> name + " " + definition()).collect(Collectors.joining(", "));
    return "CREATE TABLE t (x INT, " + columns + ", " + index() + ")";
  }

  String change() {
    return switch (random.nextInt(8)) {
      case 0 -> "DROP INDEX `%s` ON t".formatted(of(NAMES));
      case 1 -> "CREATE %sINDEX %s ON t (%s)".formatted(unique(), of(List.of("u", "w")), parts());
      default ->
          "ALTER TABLE t "
              + IntStream.rangeClosed(0, random.nextInt(3))
                  .mapToObj(i -> i == 0 ? ofColumns() : ofIndexes())
                  .collect(Collectors.joining(", "));
    };
  }

  /** One in a statement: Debezium misreads several that exchange names. */
  private String ofColumns() {
    return switch (random.nextInt(8)) {
      case 0 -> "DROP COLUMN " + of(COLUMNS);
      case 1 -> "RENAME COLUMN %s TO %s".formatted(of(COLUMNS), of(COLUMNS));
      case 2 -> "MODIFY %s %s".formatted(of(COLUMNS), definition());
      case 3 -> "ADD %s %s".formatted(of(COLUMNS), definition());
      case 4 -> "CHANGE %s %s %s".formatted(of(COLUMNS), of(COLUMNS), definition());
      default -> ofIndexes();
    };
  }

  private String ofIndexes() {
    return switch (random.nextInt(5)) {
      case 0 -> "DROP PRIMARY KEY";
      case 1 -> "DROP INDEX `%s`".formatted(of(NAMES));
      case 2 -> "RENAME INDEX `%s` TO `%s`".formatted(of(NAMES), of(NAMES));
      default -> "ADD " + index();
    };
  }

  private String definition() {
    return of(List.of("INT", "VARCHAR(9)", "BIGINT"))
        + of(List.of("", " NOT NULL", " NOT NULL"))
        + of(List.of("", "", "", " UNIQUE"));
  }

  private String index() {
    return of(List.of("UNIQUE", "UNIQUE KEY u", "UNIQUE w", "KEY", "PRIMARY KEY", "UNIQUE"))
        + " ("
        + parts()
        + ")";
  }

  private String unique() {
    return of(List.of("UNIQUE ", "UNIQUE ", ""));
  }

  private String parts() {
    return of(
        List.of("a", "b", "c", "d", "a, b", "b, a", "c, d", "a(3)", "b(2), c", "(x + 1)", "d(9)"));
  }

  private String of(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
