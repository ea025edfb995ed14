package dev.lockstep.benchmarks.apply;

import dev.lockstep.benchmarks.subjects.TargetServer;
import org.jspecify.annotations.Nullable;

/** Makes sure that all subjects fill the same rows into the same kind of table. */
final class Contents {
  /** Is answered from what ClickHouse knows of the parts, without reading rows. */
  private static final String VISIBLE = "SELECT count() FROM bench.orders";

  /** All but the versions, which each subject gives in its own way. */
  private static final String ROWS =
      "SELECT count(), sum(cityHash64(COLUMNS('^[^_]'))) FROM bench.orders FINAL";

  private static final String TABLE =
      "SELECT engine_full, (SELECT arrayStringConcat(groupArray(name || ' ' || type || ' ' ||"
          + " compression_codec), ', ') FROM system.columns WHERE database = 'bench' AND table ="
          + " 'orders') FROM system.tables WHERE database = 'bench' AND name = 'orders'";

  private final int rows;
  private @Nullable String first;

  /**
   * For a backlog.
   *
   * @param rows how many it has
   */
  Contents(int rows) {
    this.rows = rows;
  }

  int rows() {
    return rows;
  }

  /** Whether there is a table yet. */
  boolean exist(TargetServer target) {
    return target.query("EXISTS TABLE bench.orders").equals("1");
  }

  /** How many rows a reader would see now. */
  long visible(TargetServer target) {
    return Long.parseLong(target.query(VISIBLE));
  }

  /**
   * Looks at a filled target.
   *
   * @throws IllegalStateException when it has not the backlog's rows, or is another than the first
   */
  void verify(TargetServer target, String subject) {
    String content = target.query(ROWS);
    if (!content.startsWith(rows + "\t")) {
      throw new IllegalStateException(
          "%s left %s rows and checksum of %d rows".formatted(subject, content, rows));
    }
    String table = target.query(TABLE) + "\n" + content;
    if (first == null) {
      first = table;
    } else if (!first.equals(table)) {
      throw new IllegalStateException(
          "%s made%n%s%nand the first subject%n%s".formatted(subject, table, first));
    }
  }
}
