package dev.lockstep.apply.encode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what stands behind an envelope's rows as Debezium writes it: {@code source}, {@code op} and
 * times, a third of an event's bytes of which little is wanted. Whatever is not written in just
 * that way is left to the JSON parser.
 */
final class TailScanner {
  private static final byte[] SNAPSHOT = bytes("snapshot");
  private static final byte[] INCREMENTAL = bytes("incremental");
  private static final byte[] TS_US = bytes("ts_us");
  private static final byte[] TS_MS = bytes("ts_ms");
  private static final byte[] OP = bytes("op");
  private static final byte[] BEFORE = bytes("before");
  private static final byte[] AFTER = bytes("after");
  private static final byte[] TRUE = bytes("true");
  private static final byte[] FALSE = bytes("false");
  private static final byte[] NULL = bytes("null");
  private static final int MOST_DIGITS = 18;
  private static final int OTHERWISE = -1;

  private byte[] document = NULL;
  private int at;
  private int nameBegin;
  private int nameEnd;
  private char op;
  private long sourceMicros;
  private boolean incremental;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The operation's letter. */
  char op() {
    return op;
  }

  /** When it was committed in the source, in microseconds since 1970, or 0. */
  long sourceMicros() {
    return sourceMicros;
  }

  /** Whether an incremental snapshot read it. */
  boolean incremental() {
    return incremental;
  }

  /**
   * Reads from the value of {@code source} to the document's end.
   *
   * @return whether all of it is written as Debezium does; else nothing is known
   */
  boolean scan(byte[] ofDocument, int source) {
    document = ofDocument;
    at = source;
    op = 0;
    sourceMicros = 0;
    incremental = false;
    return object(true) && envelope() && at == document.length;
  }

  /** The fields behind {@code source}. */
  private boolean envelope() {
    while (take(',')) {
      if (!name() || isName(BEFORE) || isName(AFTER)) {
        return false;
      }
      boolean read = isName(OP) ? letter() : value(false);
      if (!read) {
        return false;
      }
    }
    return take('}');
  }

  private boolean object(boolean isSource) {
    if (!take('{')) {
      return false;
    }
    if (take('}')) {
      return true;
    }
    do {
      if (!name() || !value(isSource)) {
        return false;
      }
    } while (take(','));
    return take('}');
  }

  private boolean take(char c) {
    if (at < document.length && document[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean name() {
    if (!take('"')) {
      return false;
    }
    nameBegin = at;
    while (at < document.length && document[at] != '"') {
      if (document[at] == '\\') {
        return false;
      }
      at++;
    }
    nameEnd = at;
    return take('"') && take(':');
  }

  private boolean isName(byte[] name) {
    return Arrays.equals(document, nameBegin, nameEnd, name, 0, name.length);
  }

  private boolean letter() {
    if (at + 2 < document.length && document[at] == '"' && document[at + 2] == '"') {
      op = (char) document[at + 1];
      at += 3;
      return op > ' ' && op < 0x7f && op != '"' && op != '\\';
    }
    return false;
  }

  private boolean value(boolean isOfSource) {
    if (at >= document.length) {
      return false;
    }
    return switch (document[at]) {
      case '"' -> text(isOfSource);
      case '{' -> object(false);
      case 't' -> word(TRUE);
      case 'f' -> word(FALSE);
      case 'n' -> word(NULL);
      default -> number(isOfSource);
    };
  }

  private boolean text(boolean isOfSource) {
    int begin = ++at;
    while (at < document.length && document[at] != '"') {
      at += document[at] == '\\' ? 2 : 1;
    }
    if (isOfSource && isName(SNAPSHOT)) {
      int end = Math.min(at, document.length);
      incremental = Arrays.equals(document, begin, end, INCREMENTAL, 0, INCREMENTAL.length);
    }
    return take('"');
  }

  private boolean word(byte[] word) {
    int end = at + word.length;
    boolean found =
        end <= document.length && Arrays.equals(document, at, end, word, 0, word.length);
    at = end;
    return found;
  }

  private boolean number(boolean isOfSource) {
    boolean negative = take('-');
    int begin = at;
    long number = 0;
    while (at < document.length && document[at] >= '0' && document[at] <= '9') {
      number = number * 10 + document[at] - '0';
      at++;
    }
    int digits = at - begin;
    if (digits == 0 || digits > MOST_DIGITS) {
      return false;
    }
    return !isOfSource || noteTime(negative ? OTHERWISE : number);
  }

  /** Times before 1970 are left to the parser too. */
  private boolean noteTime(long number) {
    if (isName(TS_US)) {
      sourceMicros = number;
      return number != OTHERWISE;
    }
    if (isName(TS_MS) && sourceMicros == 0) {
      sourceMicros = number * 1000;
      return number >= 0 && number < Long.MAX_VALUE / 1000;
    }
    return true;
  }
}
