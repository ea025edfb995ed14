package dev.lockstep.capture.ddl;

/**
 * Writes a statement so that it says the same in every {@code sql_mode}: texts in single quotes
 * with escaped backslashes, identifiers in backticks. Debezium reads all statements by one mode,
 * the server's, whatever that of their session was.
 *
 * <p>The rules are those of "String Literals", "Schema Object Names" and "Comments" in MySQL's
 * reference manual.
 */
public final class StatementQuotes {
  private final String statement;
  private final SqlMode mode;
  private final StringBuilder out;
  private int at;

  private StatementQuotes(String statement, SqlMode mode) {
    this.statement = statement;
    this.mode = mode;
    this.out = new StringBuilder(statement.length() + 16);
  }

  /** The statement of a session with this mode; itself where there is nothing to write anew. */
  public static String inEveryMode(String statement, SqlMode mode) {
    boolean same =
        statement.indexOf('"') < 0 && (mode.backslashEscapes() || statement.indexOf('\\') < 0);
    return same ? statement : new StatementQuotes(statement, mode).written();
  }

  private String written() {
    while (at < statement.length()) {
      switch (statement.charAt(at)) {
        case '\'' -> text('\'');
        case '"' -> {
          if (mode.ansiQuotes()) {
            identifier();
          } else {
            text('"');
          }
        }
        case '`' -> copy(after("`", at + 1));
        case '#' -> copy(after("\n", at));
        case '-' -> copy(isLineComment() ? after("\n", at) : at + 1);
        case '/' -> copy(isComment() ? after("*/", at + 2) : at + 1);
        default -> copy(at + 1);
      }
    }
    return out.toString();
  }

  private void copy(int end) {
    out.append(statement, at, end);
    at = end;
  }

  /** The place after the next of these; the end where there is none. */
  private int after(String mark, int from) {
    int found = statement.indexOf(mark, from);
    return found < 0 ? statement.length() : found + mark.length();
  }

  /** Two dashes are one only before a space or the like. */
  private boolean isLineComment() {
    return statement.startsWith("--", at)
        && (at + 2 == statement.length() || statement.charAt(at + 2) <= ' ');
  }

  /** What stands in {@code /*!} is no comment for MySQL. */
  private boolean isComment() {
    return statement.startsWith("/*", at) && !statement.startsWith("/*!", at);
  }

  private boolean isDoubled(char quote) {
    return at + 1 < statement.length() && statement.charAt(at + 1) == quote;
  }

  private void text(char quote) {
    at++;
    out.append('\'');
    while (at < statement.length() && (statement.charAt(at) != quote || isDoubled(quote))) {
      char c = statement.charAt(at);
      if (c == quote) {
        at++;
      }
      if (c == '\\' && mode.backslashEscapes()) {
        copy(Math.min(at + 2, statement.length()));
      } else {
        out.append(c == '\'' ? "''" : c == '\\' ? "\\\\" : String.valueOf(c));
        at++;
      }
    }
    out.append('\'');
    at++;
  }

  private void identifier() {
    at++;
    out.append('`');
    while (at < statement.length() && (statement.charAt(at) != '"' || isDoubled('"'))) {
      char c = statement.charAt(at);
      at += c == '"' ? 2 : 1;
      out.append(c == '`' ? "``" : String.valueOf(c));
    }
    out.append('`');
    at++;
  }
}
