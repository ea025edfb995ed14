package dev.lockstep.common.mapping;

import dev.lockstep.common.mapping.Condition.Constant;
import dev.lockstep.common.mapping.Condition.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a condition by descent: OR holds less together than AND, and AND less than NOT. */
final class ConditionReader {
  /** As many digits as any number of MySQL has, and some. */
  private static final int LONGEST_NUMBER = 100;

  private static final Set<String> WORDS =
      Set.of("AND", "OR", "NOT", "IN", "BETWEEN", "LIKE", "IS", "NULL", "TRUE", "FALSE");
  private static final String HOW =
      ": compare a column with a constant, as in country = 'DE' AND amount > 100";

  private final List<SqlToken> tokens;
  private int at;

  private ConditionReader(List<SqlToken> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Condition read(String text) {
    var reader = new ConditionReader(SqlToken.read(text));
    Condition condition = reader.or();
    if (reader.at < reader.tokens.size()) {
      throw reader.unexpected();
    }
    return condition;
  }

  private Condition or() {
    List<Condition> parts = new ArrayList<>(List.of(and()));
    while (takeWord("OR")) {
      parts.add(and());
    }
    return parts.size() == 1 ? parts.getFirst() : new Condition.Or(parts);
  }

  private Condition and() {
    List<Condition> parts = new ArrayList<>(List.of(not()));
    while (takeWord("AND")) {
      parts.add(not());
    }
    return parts.size() == 1 ? parts.getFirst() : new Condition.And(parts);
  }

  private Condition not() {
    boolean negated = false;
    while (takeWord("NOT")) {
      negated = !negated;
    }
    Condition condition = takeSign("(") ? inBrackets() : predicate();
    return negated ? new Condition.Not(condition) : condition;
  }

  private Condition inBrackets() {
    Condition condition = or();
    require(")");
    return condition;
  }

  private Condition predicate() {
    String column = column();
    if (takeWord("IS")) {
      boolean negated = takeWord("NOT");
      if (!takeWord("NULL")) {
        throw unexpected();
      }
      return negate(negated, new Condition.IsNull(column));
    }
    boolean negated = takeWord("NOT");
    if (takeWord("IN")) {
      return negate(negated, in(column));
    }
    if (takeWord("BETWEEN")) {
      return negate(negated, between(column));
    }
    if (takeWord("LIKE")) {
      return negate(negated, like(column));
    }
    if (negated) {
      throw unexpected();
    }
    return new Condition.Compare(column, operator(), constant());
  }

  private static Condition negate(boolean negated, Condition condition) {
    return negated ? new Condition.Not(condition) : condition;
  }

  private Condition in(String column) {
    List<Condition> parts = new ArrayList<>();
    require("(");
    do {
      parts.add(new Condition.Compare(column, Operator.EQUAL, constant()));
    } while (takeSign(","));
    require(")");
    return parts.size() == 1 ? parts.getFirst() : new Condition.Or(parts);
  }

  private Condition between(String column) {
    Constant from = constant();
    if (!takeWord("AND")) {
      throw unexpected();
    }
    return new Condition.And(
        List.of(
            new Condition.Compare(column, Operator.GREATER_OR_EQUAL, from),
            new Condition.Compare(column, Operator.LESS_OR_EQUAL, constant())));
  }

  private Condition like(String column) {
    if (constant() instanceof Constant.Text(String pattern)) {
      return new Condition.Like(column, pattern);
    }
    throw new IllegalArgumentException("LIKE needs a text in single quotes, as in name LIKE 'A%'");
  }

  private String column() {
    SqlToken token = peek();
    boolean isWord = token != null && token.isWord() && !WORDS.contains(token.upper());
    if (token == null || !(isWord || token.kind() == SqlToken.Kind.QUOTED_NAME)) {
      throw unexpected();
    }
    at++;
    SqlToken next = peek();
    if (next != null && (next.text().equals("(") || next.text().equals("."))) {
      throw new IllegalArgumentException(
          "%s is no column: a filter has neither functions nor names of tables"
              .formatted(token.text() + next.text()));
    }
    return token.name();
  }

  private Operator operator() {
    if (takeSign("=")) {
      return Operator.EQUAL;
    }
    if (takeSign("!")) {
      require("=");
      return Operator.UNEQUAL;
    }
    if (takeSign("<")) {
      return takeSign(">")
          ? Operator.UNEQUAL
          : takeSign("=") ? Operator.LESS_OR_EQUAL : Operator.LESS;
    }
    if (takeSign(">")) {
      return takeSign("=") ? Operator.GREATER_OR_EQUAL : Operator.GREATER;
    }
    throw unexpected();
  }

  private Constant constant() {
    if (takeWord("TRUE")) {
      return new Constant.Numeral(BigDecimal.ONE);
    }
    if (takeWord("FALSE")) {
      return new Constant.Numeral(BigDecimal.ZERO);
    }
    SqlToken token = peek();
    if (token != null && token.isWord("NULL")) {
      throw new IllegalArgumentException(
          "a comparison with NULL is never true: write IS NULL or IS NOT NULL");
    }
    if (token != null && token.kind() == SqlToken.Kind.STRING) {
      at++;
      return new Constant.Text(token.unquoted());
    }
    if (token != null && token.kind() == SqlToken.Kind.QUOTED_NAME) {
      throw new IllegalArgumentException(
          "%s is a column's name: a text stands in single quotes, and columns can't be compared with each other"
              .formatted(token.text()));
    }
    return number();
  }

  private Constant number() {
    boolean negative = takeSign("-");
    var digits = new StringBuilder(negative ? "-" : "");
    SqlToken token = peek();
    if (token == null || token.kind() != SqlToken.Kind.NUMBER) {
      throw unexpected();
    }
    digits.append(token.text());
    at++;
    SqlToken dot = peek();
    if (dot != null && dot.text().equals(".") && at + 1 < tokens.size()) {
      digits.append('.').append(tokens.get(at + 1).text());
      at += 2;
    }
    return new Constant.Numeral(decimal(digits.toString()));
  }

  private static BigDecimal decimal(String digits) {
    boolean isPlain =
        digits.length() <= LONGEST_NUMBER
            && digits.chars().allMatch(c -> c == '-' || c == '.' || (c >= '0' && c <= '9'));
    if (!isPlain || digits.endsWith(".")) {
      throw new IllegalArgumentException("%s is no number such as -12.5".formatted(digits));
    }
    return new BigDecimal(digits);
  }

  private @Nullable SqlToken peek() {
    return at < tokens.size() ? tokens.get(at) : null;
  }

  private boolean takeWord(String word) {
    SqlToken token = peek();
    boolean taken = token != null && token.isWord(word);
    at += taken ? 1 : 0;
    return taken;
  }

  private boolean takeSign(String sign) {
    SqlToken token = peek();
    boolean taken =
        token != null && token.kind() == SqlToken.Kind.SIGN && token.text().equals(sign);
    at += taken ? 1 : 0;
    return taken;
  }

  private void require(String sign) {
    if (!takeSign(sign)) {
      throw unexpected();
    }
  }

  private IllegalArgumentException unexpected() {
    SqlToken token = peek();
    return new IllegalArgumentException(
        token == null
            ? "it ends too early" + HOW
            : "%s can't stand at character %d%s".formatted(token.text(), token.begin() + 1, HOW));
  }
}
