package dev.lockstep.common.mapping;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A piece of ClickHouse's SQL that Lockstep puts into a statement of its own, such as an expression
 * over columns. What could end the clause that it stands in, or ask for other tables, is refused;
 * whether it means something is ClickHouse's to tell.
 *
 * @param text the SQL
 */
public record SqlExpression(String text) {
  /** The most characters that it may have. */
  public static final int LONGEST = 4_000;

  private static final Set<String> CLAUSES =
      Set.of(
          "AS",
          "COMMENT",
          "EMPTY",
          "ENGINE",
          "FORMAT",
          "GROUP",
          "INTO",
          "ORDER",
          "PARTITION",
          "PRIMARY",
          "SAMPLE",
          "SETTINGS",
          "TTL");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException when it could be more than one expression, or a list of them
   */
  public SqlExpression {
    if (text.isBlank()) {
      throw new IllegalArgumentException("it is empty");
    }
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("it is longer than 4,000 characters");
    }
    checkTokens(SqlToken.read(text));
  }

  /** Every column must be named, so that it is known which they are. */
  private static void checkTokens(List<SqlToken> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      String before = i == 0 ? "(" : tokens.get(i - 1).text();
      if (token.isWord("SELECT")) {
        throw new IllegalArgumentException("it holds SELECT, and a query can't stand there");
      }
      boolean isAll = token.text().equals("*") && Set.of("(", "[", ",", ".").contains(before);
      if (isAll || (token.text().equals("(") && before.equalsIgnoreCase("COLUMNS"))) {
        throw new IllegalArgumentException("it takes columns without naming them");
      }
    }
  }

  /** What is wrong with a text; empty when it has the form of an expression. */
  public static Optional<String> problem(String text) {
    return problem(() -> new SqlExpression(text));
  }

  /** What is wrong with the text of a table's TTL; empty when it has the form of one. */
  public static Optional<String> problemOfTtl(String text) {
    return problem(() -> ttl(text));
  }

  /** What is wrong with the name of a type; empty when it has the form of one. */
  public static Optional<String> problemOfType(String text) {
    return problem(() -> type(text));
  }

  private static Optional<String> problem(Runnable reading) {
    try {
      reading.run();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * A table's TTL, which stands in a statement without brackets around it.
   *
   * @throws IllegalArgumentException when it holds a word that begins another clause
   */
  public static SqlExpression ttl(String text) {
    var ttl = new SqlExpression(text);
    for (SqlToken token : SqlToken.read(text)) {
      if (token.depth() == 0 && token.isWord() && CLAUSES.contains(token.upper())) {
        throw new IllegalArgumentException(
            "it holds %s, which a TTL can't have here".formatted(token.upper()));
      }
    }
    return ttl;
  }

  /**
   * A type's name, such as {@code DateTime64(3, 'UTC')}.
   *
   * @throws IllegalArgumentException when it is more than a word, with a list in brackets or
   *     without
   */
  public static SqlExpression type(String text) {
    var type = new SqlExpression(text);
    List<SqlToken> tokens = SqlToken.read(text);
    long atTop = tokens.stream().filter(token -> token.depth() == 0).count();
    boolean isName =
        tokens.getFirst().isWord()
            && (tokens.size() == 1 || (atTop == 3 && tokens.get(1).text().equals("(")))
            && (tokens.size() == 1 || tokens.getLast().text().equals(")"));
    if (!isName) {
      throw new IllegalArgumentException("it does not look like a type, such as Nullable(String)");
    }
    return type;
  }

  /** The names in it that can be columns: words and quoted names, as they are. */
  public Set<String> identifiers() {
    Set<String> names = new LinkedHashSet<>();
    SqlToken.read(text).stream()
        .filter(token -> token.isName())
        .map(SqlToken::name)
        .forEach(names::add);
    return names;
  }

  /** The words outside of brackets, in upper case. */
  public Set<String> topWords() {
    Set<String> words = new LinkedHashSet<>();
    SqlToken.read(text).stream()
        .filter(token -> token.depth() == 0 && token.isWord())
        .map(token -> token.text().toUpperCase(Locale.ROOT))
        .forEach(words::add);
    return words;
  }

  /** Its parts, where it is a list with commas between. */
  public List<SqlExpression> parts() {
    List<SqlExpression> parts = new ArrayList<>();
    int begin = 0;
    for (SqlToken token : SqlToken.read(text)) {
      if (token.depth() == 0 && token.text().equals(",")) {
        parts.add(new SqlExpression(text.substring(begin, token.begin())));
        begin = token.begin() + 1;
      }
    }
    parts.add(new SqlExpression(text.substring(begin)));
    return parts;
  }
}
