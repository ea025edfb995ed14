package dev.lockstep.apply.tables;

import java.util.List;

/** Reasons as they are shown: whole as long as somebody would read them. */
final class Reasons {
  private static final int MOST = 20;
  private static final int LONGEST_STATEMENT = 4_000;

  private Reasons() {}

  /** The problems one after another; of very many the first. */
  static String join(List<String> problems) {
    if (problems.size() <= MOST) {
      return String.join("; ", problems);
    }
    return "%s; and %d more"
        .formatted(String.join("; ", problems.subList(0, MOST)), problems.size() - MOST);
  }

  /** A statement to carry out, unless it is too long to be shown. */
  static String statement(String lead, String sql) {
    return sql.length() <= LONGEST_STATEMENT ? lead + sql : "";
  }
}
