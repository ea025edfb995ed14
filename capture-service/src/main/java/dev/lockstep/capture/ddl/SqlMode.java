package dev.lockstep.capture.ddl;

/**
 * The parts of a session's {@code sql_mode} that say how its statements are read.
 *
 * @param ansiQuotes whether double quotes stand around identifiers instead of texts
 * @param backslashEscapes whether a backslash in a text is the beginning of an escape
 */
public record SqlMode(boolean ansiQuotes, boolean backslashEscapes) {
  /** MySQL's own. */
  static final SqlMode DEFAULT = new SqlMode(false, true);

  private static final int FLAGS = 0;
  private static final int FLAGS_LENGTH = 5;
  private static final int SQL_MODE = 1;
  private static final int BYTES = 8;
  private static final long ANSI_QUOTES = 1 << 2;
  private static final long NO_BACKSLASH_ESCAPES = 1 << 20;

  /**
   * That of a statement in the binlog.
   *
   * @param status the status variables of the query event, in the form of MySQL's {@code
   *     Query_event}, where the mode is the first but for flags
   */
  public static SqlMode of(byte[] status) {
    int at = status.length > 0 && status[0] == FLAGS ? FLAGS_LENGTH : 0;
    if (at + BYTES >= status.length || status[at] != SQL_MODE) {
      return DEFAULT;
    }
    long bits = 0;
    for (int i = BYTES; i > 0; i--) {
      bits = bits << 8 | (status[at + i] & 0xff);
    }
    return new SqlMode((bits & ANSI_QUOTES) != 0, (bits & NO_BACKSLASH_ESCAPES) == 0);
  }
}
