package dev.lockstep.system.types;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table in which every other row holds a value beyond ClickHouse's range; the rows between are
 * good.
 *
 * @param name in {@link #DATABASE}
 * @param values those values
 */
record PolicyTable(String name, List<BeyondRange> values) {
  static final String DATABASE = "types_policies";
  private static final String GOOD =
      "'2024-02-29', '2024-02-29 01:02:03', '2024-02-29 01:02:03.5', NULL, NULL";
  static final int STREAMED = 1000;
  private static final int UPDATED = 2000;

  /** With the values beyond the range, and with those that have a zero. */
  static PolicyTable both(String name) {
    return new PolicyTable(
        name, Stream.of(BeyondRange.far(), BeyondRange.zero()).flatMap(List::stream).toList());
  }

  /** Makes it, with each value in the row of an even id. */
  List<String> begin() {
    return List.of(
        "CREATE TABLE %s (%s)".formatted(qualified(), BeyondRange.COLUMNS), inserts(0), goodRows());
  }

  private String goodRows() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      rows.add("(%d, %s)".formatted(UPDATED + i, GOOD));
    }
    return "INSERT INTO %s VALUES %s".formatted(qualified(), String.join(", ", rows));
  }

  private String inserts(int firstId) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      rows.add("(%d, %s)".formatted(firstId + 2 * i, row(values.get(i))));
      rows.add("(%d, %s)".formatted(firstId + 2 * i + 1, GOOD));
    }
    return "INSERT INTO %s VALUES %s".formatted(qualified(), String.join(", ", rows));
  }

  private static String row(BeyondRange value) {
    return String.join(
        ", ",
        Stream.of("d", "dt", "dt3", "dt6", "ts")
            .map(column -> column.equals(value.column()) ? "'" + value.value() + "'" : "NULL")
            .toList());
  }

  /** The same by inserts, and by updates of good rows. */
  List<String> change() {
    List<String> sql = new ArrayList<>(List.of(inserts(STREAMED)));
    for (int i = 0; i < values.size(); i++) {
      BeyondRange value = values.get(i);
      sql.add(
          "UPDATE %s SET d = NULL, dt = NULL, dt3 = NULL WHERE id = %d"
              .formatted(qualified(), UPDATED + i));
      sql.add(
          "UPDATE %s SET %s = '%s' WHERE id = %d"
              .formatted(qualified(), value.column(), value.value(), UPDATED + i));
    }
    return sql;
  }

  /** The ids of the rows that hold the value of a number. */
  List<Integer> ids(int i) {
    return List.of(2 * i, STREAMED + 2 * i, UPDATED + i);
  }

  String qualified() {
    return DATABASE + "." + name;
  }
}
