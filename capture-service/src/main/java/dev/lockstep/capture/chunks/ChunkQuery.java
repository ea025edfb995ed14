package dev.lockstep.capture.chunks;

import io.debezium.relational.Column;
import io.debezium.relational.TableId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The statements that read a table in chunks, by its key, or as a whole.
 *
 * @param table the table
 * @param columns the columns to read
 * @param key the columns that identify a row, in the order of their index; empty for a table that
 *     is read as a whole
 * @param filter the condition on the rows, or null for all
 */
record ChunkQuery(
    TableId table, List<String> columns, List<KeyColumn> key, @Nullable String filter) {

  private String from() {
    return " FROM " + KeyColumn.quoted(table);
  }

  /** On lines of its own, so that a comment at its end hides nothing. */
  private String filtered() {
    return filter == null ? "(TRUE)" : "(\n" + filter + "\n)";
  }

  private String keyTexts() {
    return key.stream().map(KeyColumn::text).collect(Collectors.joining(", "));
  }

  /** The texts of the largest key that there is. */
  String lastKey() {
    String descending =
        key.stream().map(column -> column.quoted() + " DESC").collect(Collectors.joining(", "));
    return "SELECT "
        + keyTexts()
        + from()
        + " WHERE "
        + filtered()
        + " ORDER BY "
        + descending
        + " LIMIT 1";
  }

  /** For a table that is read as a whole. */
  static ChunkQuery whole(TableId table, List<Column> columns, @Nullable String filter) {
    return new ChunkQuery(table, columns.stream().map(Column::name).toList(), List.of(), filter);
  }

  /** All rows, in no order. */
  String rows() {
    return "SELECT "
        + columns.stream().map(KeyColumn::quote).collect(Collectors.joining(", "))
        + from()
        + " WHERE "
        + filtered();
  }

  /** A row for each of the table's, which the server's plan estimates. */
  String all() {
    return "SELECT 1" + from() + " WHERE " + filtered();
  }

  /**
   * The columns, then the texts of the key.
   *
   * @param after the key that the chunk begins after, or null for the first
   * @param last the key that the table is read to
   * @param limit most rows
   */
  String chunk(@Nullable List<String> after, List<String> last, int limit) {
    String selected = columns.stream().map(KeyColumn::quote).collect(Collectors.joining(", "));
    String order = key.stream().map(KeyColumn::quoted).collect(Collectors.joining(", "));
    return "SELECT "
        + selected
        + ", "
        + keyTexts()
        + from()
        + " WHERE "
        + (after == null ? "" : beyond(after, ">", ">") + " AND ")
        + beyond(last, "<", "<=")
        + " AND "
        + filtered()
        + " ORDER BY "
        + order
        + " LIMIT "
        + limit;
  }

  /**
   * The rows on one side of a key: {@code a > 1 OR (a = 1 AND b > 2)}. The condition on the first
   * column alone says nothing new; it is what MySQL finds the range of the index by.
   */
  private String beyond(List<String> bound, String strictly, String atLast) {
    KeyColumn first = key.getFirst();
    String range =
        first.comparand() + " " + strictly.charAt(0) + "= " + first.literal(bound.getFirst());
    String cases =
        IntStream.range(0, key.size())
            .mapToObj(i -> upTo(bound, i, i == key.size() - 1 ? atLast : strictly))
            .collect(Collectors.joining(" OR "));
    return "(" + range + " AND (" + cases + "))";
  }

  private String upTo(List<String> bound, int index, String operator) {
    return IntStream.rangeClosed(0, index)
        .mapToObj(
            i ->
                key.get(i).comparand()
                    + (i == index ? " " + operator + " " : " = ")
                    + key.get(i).literal(bound.get(i)))
        .collect(Collectors.joining(" AND ", "(", ")"));
  }
}
