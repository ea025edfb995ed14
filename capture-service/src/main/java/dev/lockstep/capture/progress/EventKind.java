package dev.lockstep.capture.progress;

import java.util.Locale;
import java.util.Optional;

/** What a row change is, as the {@code op} of Debezium's envelope has it. */
enum EventKind {
  /** An INSERT: {@code c}. */
  CREATE,
  /** An UPDATE: {@code u}. */
  UPDATE,
  /** A DELETE: {@code d}. */
  DELETE,
  /** A row that a snapshot read: {@code r}. */
  READ,
  /** A TRUNCATE: {@code t}. */
  TRUNCATE;

  /** In lower case, as metrics have it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of an {@code op}; empty for what is no row change. */
  static Optional<EventKind> of(String op) {
    return switch (op) {
      case "c" -> Optional.of(CREATE);
      case "u" -> Optional.of(UPDATE);
      case "d" -> Optional.of(DELETE);
      case "r" -> Optional.of(READ);
      case "t" -> Optional.of(TRUNCATE);
      default -> Optional.empty();
    };
  }
}
