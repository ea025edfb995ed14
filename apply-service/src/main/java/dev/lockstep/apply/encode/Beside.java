package dev.lockstep.apply.encode;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an event's headers say of the values of one row that its JSON can't hold.
 *
 * @param zeroDates by column, the source's text of a date
 * @param undecodable by column, the bytes of a text that are not all characters, in hexadecimal
 */
record Beside(Map<String, String> zeroDates, Map<String, String> undecodable) {
  static final Beside NOTHING = new Beside(Map.of(), Map.of());

  static Beside before(ZeroDates zeroDates, Undecodable undecodable) {
    return of(zeroDates.before(), undecodable.before());
  }

  static Beside after(ZeroDates zeroDates, Undecodable undecodable) {
    return of(zeroDates.after(), undecodable.after());
  }

  boolean isEmpty() {
    return zeroDates.isEmpty() && undecodable.isEmpty();
  }

  private static Beside of(Map<String, String> zeroDates, Map<String, String> undecodable) {
    return zeroDates.isEmpty() && undecodable.isEmpty()
        ? NOTHING
        : new Beside(zeroDates, undecodable);
  }

  /** Whether it has something to say of a column. */
  boolean has(String column) {
    return zeroDates.containsKey(column) || undecodable.containsKey(column);
  }

  /**
   * The text of the zero date in a column; null where its value is in the JSON.
   *
   * @throws RecordFault when the column holds an undecodable text
   */
  @Nullable String zeroDate(String column) {
    String hex = undecodable.get(column);
    if (hex != null) {
      throw RecordFault.value(
          "X'" + hex + "'",
          "has bytes that stand for no character in its column's character set: correct it in the"
              + " source, or make the column VARBINARY or BLOB there");
    }
    return zeroDates.get(column);
  }

  /**
   * Makes sure that the headers speak of the row's columns only.
   *
   * @throws RecordFault when they name another
   */
  void check(Predicate<String> isColumn) {
    check(zeroDates, "a date", isColumn);
    check(undecodable, "an undecodable text", isColumn);
  }

  private static void check(Map<String, String> named, String what, Predicate<String> isColumn) {
    for (String column : named.keySet()) {
      if (!isColumn.test(column)) {
        throw new RecordFault(
            "The record's header names %s in column %s, which its schema lacks"
                .formatted(what, column));
      }
    }
  }
}
