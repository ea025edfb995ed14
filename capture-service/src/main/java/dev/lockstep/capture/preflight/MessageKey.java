package dev.lockstep.capture.preflight;

import dev.lockstep.common.snapshot.SnapshotTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The columns of a table that {@code message.key.columns} names, in Debezium's form {@code
 * <table>:<column>,…;…}, where both are regular expressions.
 */
final class MessageKey {
  private static final String COLUMNS =
      """
      SELECT column_name, is_nullable FROM information_schema.columns
        WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position
      """;

  private MessageKey() {}

  /** Each with whether it can be NULL; empty when none is named. */
  static Map<String, Boolean> of(
      Map<String, String> config, Connection connection, SnapshotTable table) throws SQLException {
    List<Predicate<String>> named =
        Stream.of(config.getOrDefault("message.key.columns", "").split(";", -1))
            .flatMap(MessageKey::columns)
            .toList();
    Map<String, Boolean> key = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, table.database());
      statement.setString(2, table.table());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String column = rows.getString(1);
          String whole = table.database() + "." + table.table() + "." + column;
          if (named.stream().anyMatch(columns -> columns.test(whole))) {
            key.put(column, rows.getString(2).equals("YES"));
          }
        }
      }
    }
    return key;
  }

  /** What Debezium takes for no entry names nothing; the check of the config says so. */
  private static Stream<Predicate<String>> columns(String entry) {
    int colon = entry.indexOf(':');
    if (colon <= 0) {
      return Stream.empty();
    }
    return Stream.of(entry.substring(colon + 1).split(",", -1))
        .map(column -> pattern(entry.substring(0, colon).strip() + "." + column.strip()));
  }

  private static Predicate<String> pattern(String expression) {
    try {
      return Pattern.compile(expression, Pattern.CASE_INSENSITIVE).asMatchPredicate();
    } catch (PatternSyntaxException e) {
      return _ -> false;
    }
  }
}
