package dev.lockstep.common.mapping;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression for tables that gives up in time: one of the kind that tries for years would
 * stop the thread that applies every table.
 */
final class TablePattern {
  /** Names have 129 characters at most; a sensible pattern looks at each a few hundred times. */
  private static final int MOST_LOOKS = 250_000;

  private final Pattern pattern;

  TablePattern(String expression) {
    this.pattern = Pattern.compile(expression);
  }

  /**
   * Whether it matches the whole name.
   *
   * @throws IllegalStateException when it takes too many steps to tell
   */
  boolean matches(String name) {
    return pattern.matcher(new Counted(name)).matches();
  }

  /**
   * How it matches the whole name.
   *
   * @throws IllegalStateException when it takes too many steps to tell, or does not match
   */
  MatchResult match(String name) {
    Matcher matcher = pattern.matcher(new Counted(name));
    if (!matcher.matches()) {
      throw new IllegalStateException("The pattern does not match " + name);
    }
    return matcher.toMatchResult();
  }

  /** How many groups it has. */
  int groupCount() {
    return pattern.matcher("").groupCount();
  }

  /** The numbers of its groups that have names. */
  Map<String, Integer> groups() {
    return pattern.namedGroups();
  }

  /** A text that can be looked at so often and no more. */
  private static final class Counted implements CharSequence {
    private final String text;
    private int left = MOST_LOOKS;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      left--;
      if (left < 0) {
        throw new IllegalStateException(
            "The pattern takes too many steps on "
                + text
                + ". Make it simpler: no repetition of what holds one, such as (.*a)*.");
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
