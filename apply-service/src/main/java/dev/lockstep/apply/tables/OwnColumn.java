package dev.lockstep.apply.tables;

import dev.lockstep.apply.encode.RowForm;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns that Lockstep adds to the source's, in the order in which rows carry them. */
enum OwnColumn {
  /** The event's version. */
  VERSION("_version", "UInt64", " CODEC(Delta(8), ZSTD(1))", null),
  /** Whether the row is deleted. */
  DELETED("_deleted", "UInt8", "", RowForm.MIRROR),
  /** What the row adds to the count of equal rows; 0 where a snapshot begins. */
  SIGN("_sign", "Int8", "", RowForm.MULTISET),
  /** The columns that hold another value than the source, by a policy of the mapping. */
  ALTERED("_altered", "Array(LowCardinality(String))", "", null),
  /** Which snapshot begins here, where one does. */
  SNAPSHOT("_snapshot", "UInt64", "", RowForm.MULTISET);

  private final String sqlName;
  private final String type;
  private final String codec;
  private final @Nullable RowForm only;

  OwnColumn(String sqlName, String type, String codec, @Nullable RowForm only) {
    this.sqlName = sqlName;
    this.type = type;
    this.codec = codec;
    this.only = only;
  }

  /** Those of a table of this form. */
  static Stream<OwnColumn> in(RowForm form) {
    return Arrays.stream(values()).filter(own -> own.only == null || own.only == form);
  }

  /** The one of this name in a table of this form. */
  static Optional<OwnColumn> named(String name, RowForm form) {
    return in(form).filter(own -> own.sqlName.equals(name)).findFirst();
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
