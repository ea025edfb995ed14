package dev.lockstep.capture.exact;

/**
 * A text as MySQL's DDL writes it ("String Literals" in MySQL's reference manual), read without
 * {@code NO_BACKSLASH_ESCAPES}.
 */
public final class TextLiteral {
  private TextLiteral() {}

  /**
   * What a literal stands for; what is no quoted text is given back as it is.
   *
   * @param literal in single or double quotes, with or without a character set's introducer
   */
  public static String text(String literal) {
    String quoted = literal.strip();
    int start = firstQuote(quoted);
    if (start < 0) {
      return literal;
    }
    return content(quoted.substring(start + 1, quoted.length() - 1), quoted.charAt(start));
  }

  /** Where the text begins: at once, or after an introducer such as {@code _utf8mb4} or N. */
  private static int firstQuote(String literal) {
    for (int i = 0; i < literal.length() - 1; i++) {
      char c = literal.charAt(i);
      if (c == '\'' || c == '"') {
        return literal.charAt(literal.length() - 1) == c ? i : -1;
      }
      if (!Character.isLetterOrDigit(c) && c != '_' && !Character.isWhitespace(c)) {
        return -1;
      }
    }
    return -1;
  }

  /** What stands between the quotes, with each doubled quote and each escape as what it means. */
  static String content(String escaped, char quote) {
    if (escaped.indexOf('\\') < 0 && escaped.indexOf(quote) < 0) {
      return escaped;
    }
    StringBuilder text = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      boolean pair = i + 1 < escaped.length();
      if (c == '\\' && pair) {
        i++;
        appendEscape(text, escaped.charAt(i));
      } else {
        text.append(c);
        i += c == quote && pair && escaped.charAt(i + 1) == quote ? 1 : 0;
      }
    }
    return text.toString();
  }

  /** A comment, which Debezium gives without its quotes; SHOW CREATE TABLE writes single ones. */
  public static String comment(String escaped) {
    return content(escaped, '\'');
  }

  private static void appendEscape(StringBuilder text, char c) {
    switch (c) {
      case '0' -> text.append('\0');
      case 'b' -> text.append('\b');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'Z' -> text.append('\u001a');
      // Only these two keep their backslash, for patterns.
      case '%', '_' -> text.append('\\').append(c);
      default -> text.append(c);
    }
  }
}
