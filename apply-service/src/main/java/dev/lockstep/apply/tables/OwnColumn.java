package dev.lockstep.apply.tables;

import dev.lockstep.apply.encode.Op;
import dev.lockstep.apply.encode.RowForm;
import java.util.Arrays;
import java.util.stream.Stream;

/** The columns that Lockstep adds to the source's, in the order in which rows carry them. */
enum OwnColumn {
  /** The event's version. */
  VERSION("_version", "UInt64", " CODEC(Delta(8), ZSTD(1))"),
  /** Whether the row is deleted. */
  DELETED("_deleted", "UInt8", ""),
  /** What the row adds to the count of equal rows; 0 where a snapshot begins. */
  SIGN("_sign", "Int8", ""),
  /** What the row tells of. */
  OP("_op", Op.sqlType(), ""),
  /** When that was committed in the source. */
  SOURCE_TIME("_source_time", "DateTime64(6, 'UTC')", " CODEC(Delta(8), ZSTD(1))"),
  /** The columns that hold another value than the source, by a policy of the mapping. */
  ALTERED("_altered", "Array(LowCardinality(String))", ""),
  /** Which snapshot begins here, where one does. */
  SNAPSHOT("_snapshot", "UInt64", "");

  private final String sqlName;
  private final String type;
  private final String codec;

  OwnColumn(String sqlName, String type, String codec) {
    this.sqlName = sqlName;
    this.type = type;
    this.codec = codec;
  }

  private boolean isIn(RowForm form) {
    return switch (this) {
      case VERSION, ALTERED -> true;
      case DELETED -> form == RowForm.MIRROR;
      case SIGN, SNAPSHOT -> form == RowForm.MULTISET;
      case OP, SOURCE_TIME -> form.keepsChanges();
    };
  }

  /** Those of a table of this form. */
  static Stream<OwnColumn> in(RowForm form) {
    return Arrays.stream(values()).filter(own -> own.isIn(form));
  }

  /** Whether no column of the source can have this name in a table of this form. */
  static boolean isTaken(String name, RowForm form) {
    return in(form).anyMatch(own -> own.sqlName.equals(name))
        || (form == RowForm.HISTORY && HistoryView.COLUMNS.contains(name));
  }

  String sqlName() {
    return sqlName;
  }

  String type() {
    return type;
  }

  String declaration() {
    return sqlName + " " + type + codec;
  }

  /** Whether encoded rows carry it; else only a snapshot's mark does. */
  boolean isInRows() {
    return this != SNAPSHOT;
  }
}
