package dev.lockstep.apply.schemas;

import dev.lockstep.common.schema.TableSchema;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Debezium's option {@code message.key.columns}: entries of {@code table:column,column} with
 * semicolons between, where the table is a regular expression over {@code database.table} and upper
 * and lower case are not told apart.
 */
final class KeyColumns {
  private KeyColumns() {}

  /** Whether an entry names a column of this table; then these columns are its key. */
  static boolean name(String option, TableSchema schema) {
    return Arrays.stream(option.split(";", -1))
        .map(entry -> entry.split(":", 2))
        .filter(entry -> entry.length == 2)
        .anyMatch(
            entry ->
                Arrays.stream(entry[1].split(",", -1))
                    .anyMatch(column -> hasColumn(entry[0].strip(), column.strip(), schema)));
  }

  /** An expression that can't be read is taken to name it, which at worst stops the table. */
  private static boolean hasColumn(String table, String column, TableSchema schema) {
    try {
      var name = Pattern.compile(table + "." + column, Pattern.CASE_INSENSITIVE);
      return schema.columns().stream()
          .map(c -> schema.database() + "." + schema.table() + "." + c.name())
          .anyMatch(full -> name.matcher(full).matches());
    } catch (PatternSyntaxException _) {
      return true;
    }
  }
}
