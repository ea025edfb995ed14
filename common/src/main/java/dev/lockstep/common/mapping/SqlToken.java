package dev.lockstep.common.mapping;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * A token of ClickHouse's SQL.
 *
 * @param kind what it is
 * @param text as it was written
 * @param begin where it begins
 * @param depth how many brackets it stands in; a bracket itself stands outside of what it encloses
 */
record SqlToken(Kind kind, String text, int begin, int depth) {
  enum Kind {
    WORD,
    QUOTED_NAME,
    STRING,
    NUMBER,
    SIGN
  }

  private static final int DEEPEST = 50;

  boolean isWord() {
    return kind == Kind.WORD;
  }

  boolean isWord(String upperCase) {
    return isWord() && upper().equals(upperCase);
  }

  String upper() {
    return text.toUpperCase(Locale.ROOT);
  }

  /** Whether it can be a column's name. */
  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
  }

  /** The name without quotes. */
  String name() {
    return kind == Kind.QUOTED_NAME ? unquoted() : text;
  }

  /** A string's value, or a quoted name. */
  String unquoted() {
    char quote = text.charAt(0);
    var plain = new StringBuilder();
    for (int i = 1; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        plain.append(unescaped(text.charAt(++i)));
      } else {
        plain.append(c);
        i += c == quote ? 1 : 0;
      }
    }
    return plain.toString();
  }

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
   * Reads a text.
   *
   * @throws IllegalArgumentException when a quote or a bracket is not closed, or it holds a comment
   *     or a character that has no place outside of quotes
   */
  static List<SqlToken> read(String text) {
    return new Reader(text).read();
  }

  private static final class Reader {
    private final String text;
    private final List<SqlToken> tokens = new ArrayList<>();
    private final Deque<Character> open = new ArrayDeque<>();
    private int at;

    Reader(String text) {
      this.text = text;
    }

    List<SqlToken> read() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (Character.isWhitespace(c) && c < 128) {
          at++;
        } else {
          token(c);
        }
      }
      if (!open.isEmpty()) {
        throw new IllegalArgumentException("a bracket is not closed");
      }
      if (tokens.isEmpty()) {
        throw new IllegalArgumentException("it is empty");
      }
      return tokens;
    }

    private void token(char c) {
      if (c == '\'' || c == '`' || c == '"') {
        quoted(c);
      } else if (isLetter(c)) {
        run(Kind.WORD);
      } else if (isDigit(c)) {
        run(Kind.NUMBER);
      } else {
        sign(c);
      }
    }

    private static boolean isLetter(char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    private void run(Kind kind) {
      int begin = at;
      while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
        at++;
      }
      add(kind, begin);
    }

    private void quoted(char quote) {
      int begin = at++;
      while (at < text.length()) {
        char c = text.charAt(at);
        boolean isDoubled = c == quote && at + 1 < text.length() && text.charAt(at + 1) == quote;
        if (c == quote && !isDoubled) {
          at++;
          add(quote == '\'' ? Kind.STRING : Kind.QUOTED_NAME, begin);
          return;
        }
        at += c == '\\' || isDoubled ? 2 : 1;
      }
      throw new IllegalArgumentException("a quote is not closed");
    }

    private void sign(char c) {
      boolean isComment = text.startsWith("--", at) || text.startsWith("/*", at);
      if (isComment || "+-*/%=<>!|,.:?()[]".indexOf(c) < 0) {
        throw new IllegalArgumentException(
            isComment
                ? "it holds a comment"
                : "the character %s can't stand there outside of quotes".formatted(shown(c)));
      }
      if (c == ')' || c == ']') {
        close(c);
      }
      at++;
      add(Kind.SIGN, at - 1);
      if (c == '(' || c == '[') {
        open(c);
      }
    }

    private static String shown(char c) {
      return c > ' ' && c < 127 ? Character.toString(c) : "\\u%04X".formatted((int) c);
    }

    private void open(char c) {
      if (open.size() == DEEPEST) {
        throw new IllegalArgumentException("brackets stand more than 50 deep");
      }
      open.push(c == '(' ? ')' : ']');
    }

    private void close(char c) {
      if (open.isEmpty() || open.pop() != c) {
        throw new IllegalArgumentException("a bracket is closed that is not open");
      }
    }

    private void add(Kind kind, int begin) {
      tokens.add(new SqlToken(kind, text.substring(begin, at), begin, open.size()));
    }
  }
}
