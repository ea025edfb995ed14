package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.Identifiers;
import dev.lockstep.apply.encode.Op;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The view that gives the versions of rows out of their changes, with the time from when until when
 * each was so.
 *
 * <p>A version ends with the next change of its key, whatever order they came in. Where a reset
 * says that rows were lost unseen, those of which no later version tells end with it; one that the
 * reset's snapshot has read again was there all the time.
 */
final class HistoryView {
  private static final String FROM = "_valid_from";
  private static final String TO = "_valid_to";

  /** The columns that it adds, those that only it sees among them. */
  static final Set<String> COLUMNS =
      Set.of(
          FROM,
          TO,
          "_lockstep_next",
          "_lockstep_next_op",
          "_lockstep_next_time",
          "_lockstep_reset");

  private HistoryView() {}

  /**
   * Its query.
   *
   * @param columns the columns of the storage, which has every one that the source ever had
   */
  static String select(TableDefinition table, Collection<String> columns) {
    List<String> shown =
        columns.stream().filter(name -> !name.equals(OwnColumn.SOURCE_TIME.sqlName())).toList();
    return """
    SELECT %1$s,
      multiIf(_lockstep_next != 0 AND (_lockstep_reset.1 = 0 OR _lockstep_next_op = '%2$s'), _lockstep_next_time,
        _lockstep_reset.1 != 0, _lockstep_reset.2, NULL) AS %3$s
    FROM (
      SELECT %1$s, _lockstep_next, _lockstep_next_op, _lockstep_next_time, arrayFirst(
        reset -> reset.1 > _version AND (_lockstep_next = 0 OR reset.1 <= _lockstep_next),
        (SELECT arraySort(groupArray((_version, _source_time))) FROM %4$s WHERE _op = '%5$s')
      ) AS _lockstep_reset
      FROM (
        SELECT %6$s, leadInFrame(_version) OVER changes AS _lockstep_next,
          leadInFrame(_op) OVER changes AS _lockstep_next_op,
          leadInFrame(_source_time) OVER changes AS _lockstep_next_time
        FROM %4$s FINAL WHERE _op != '%5$s'
        WINDOW changes AS (PARTITION BY %7$s ORDER BY _version, _op DESC
          ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
      )
      WHERE _op NOT IN ('%8$s', '%9$s')
    )"""
        .formatted(
            list(shown, FROM),
            Op.READ.sqlName(),
            TO,
            table.quotedStorage(),
            Op.RESET.sqlName(),
            list(shown, OwnColumn.SOURCE_TIME.sqlName() + " AS " + FROM),
            Identifiers.quoteAll(table.key()),
            Op.DELETE.sqlName(),
            Op.QUARANTINE.sqlName());
  }

  private static String list(List<String> columns, String last) {
    return String.join(
        ", ", Stream.concat(columns.stream().map(Identifiers::quote), Stream.of(last)).toList());
  }
}
