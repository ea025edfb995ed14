package dev.lockstep.apply.clickhouse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Names and texts in ClickHouse's SQL. */
public final class Identifiers {
  private Identifiers() {}

  /** The name in backticks. */
  public static String quote(String name) {
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }

  /** A table's name with its database, both in backticks. */
  public static String quote(String database, String table) {
    return quote(database) + "." + quote(table);
  }

  /** The names in backticks, joined by commas. */
  public static String quoteAll(Collection<String> names) {
    return names.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
  }

  /** A text in single quotes. */
  public static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** What ClickHouse writes behind a backslash, as {@code writeAnyEscapedString} has it. */
  private static char unescaped(char c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '0' -> '\0';
      default -> c;
    };
  }

  /**
   * The members of a list as {@code system.tables} writes it: names, in backticks where needed, in
   * brackets when the statement that made the table had some.
   */
  public static List<String> parseList(String written) {
    boolean bracketed = written.startsWith("(") && written.endsWith(")");
    String list = bracketed ? written.substring(1, written.length() - 1) : written;
    List<String> names = new ArrayList<>();
    var name = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '\\' && quoted) {
        name.append(unescaped(list.charAt(++i)));
      } else if (c == '`') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        names.add(name.toString());
        name.setLength(0);
      } else if (c != ' ' || quoted) {
        name.append(c);
      }
    }
    if (!name.isEmpty()) {
      names.add(name.toString());
    }
    return names;
  }
}
