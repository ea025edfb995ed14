package dev.lockstep.apply.encode;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a row of a history or of events tells of, in {@code _op}. */
public enum Op {
  /** An insert in the source. */
  CREATE(1),
  /** An update. */
  UPDATE(2),
  /** A delete, with the row's last values; or that the row has left what the mapping filters. */
  DELETE(3),
  /** A row that a snapshot read. */
  READ(4),
  /** In a history, that the source's row is in quarantine: its last version ends. */
  QUARANTINE(5),
  /** In a history, that rows which no later version tells of are gone: a reset. */
  RESET(6);

  private final int number;

  Op(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** As it stands in the column. */
  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** ClickHouse's type of the column. */
  public static String sqlType() {
    return Arrays.stream(values())
        .map(op -> "'%s' = %d".formatted(op.sqlName(), op.number))
        .collect(Collectors.joining(", ", "Enum8(", ")"));
  }
}
