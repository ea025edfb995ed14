package dev.lockstep.capture.charsets;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The text of a statement in the binlog. MySQL stores it as the client sent it, in the client's
 * character set, which stands among the statement's status variables; but a CREATE TABLE that MySQL
 * wrote itself (for one from a SELECT, or like a temporary table) is in UTF-8, whatever they say.
 */
public final class StatementText {
  /** How MySQL begins a CREATE TABLE of its own; someone may send the like. */
  private static final Pattern OWN =
      Pattern.compile("CREATE TABLE `[^`]*` \\(\\n  .*", Pattern.DOTALL);

  private static final int FLAGS = 0;
  private static final int SQL_MODE = 1;
  private static final int AUTO_INCREMENT = 3;
  private static final int CHARSET = 4;
  private static final int CATALOG = 6;

  private StatementText() {}

  /**
   * The statement as text.
   *
   * @param status the status variables of the query event, in the form of MySQL's {@code
   *     Query_event}
   * @param statement the bytes of the statement
   */
  public static String decode(byte[] status, byte[] statement) {
    String ascii = Ascii.text(statement);
    if (ascii != null) {
      return ascii;
    }
    if (isOwn(statement)) {
      return new String(statement, StandardCharsets.UTF_8);
    }
    TextDecoder client = Collations.decoder(clientCollation(status));
    return client == null
        ? new String(statement, StandardCharsets.UTF_8)
        : client.decode(statement);
  }

  /** Those before the character set are stepped over; -1 when there is none, as in old binlogs. */
  private static int clientCollation(byte[] status) {
    int at = 0;
    while (at + 2 < status.length) {
      switch (status[at]) {
        case FLAGS, AUTO_INCREMENT -> at += 5;
        case SQL_MODE -> at += 9;
        case CATALOG -> at += 2 + (status[at + 1] & 0xff);
        case CHARSET -> {
          return (status[at + 1] & 0xff) | ((status[at + 2] & 0xff) << 8);
        }
        default -> {
          return -1;
        }
      }
    }
    return -1;
  }

  /** One from a SELECT has an end of its own; its default expressions can have other bytes. */
  private static boolean isOwn(byte[] statement) {
    String shape = new String(statement, StandardCharsets.ISO_8859_1);
    return OWN.matcher(shape).matches()
        && (shape.endsWith("\n) START TRANSACTION") || isUtf8(statement));
  }

  private static boolean isUtf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).indexOf('\ufffd') < 0;
  }
}
