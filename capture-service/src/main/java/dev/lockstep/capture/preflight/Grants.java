package dev.lockstep.capture.preflight;

import dev.lockstep.capture.source.SourceKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an account of the source may do, as {@code SHOW GRANTS} tells it with the session's roles
 * expanded.
 *
 * @param account as it stands in a GRANT statement, quoted
 * @param lines what was granted and, with partial revokes, taken away again
 */
record Grants(String account, List<Line> lines) {
  private static final String NAME = "(\\*|`(?:[^`]|``)+`|\"(?:[^\"]|\"\")+\")";
  private static final Pattern LINE =
      Pattern.compile(
          "^(GRANT|REVOKE) (.+?) ON (?:TABLE )?" + NAME + "\\." + NAME + " (?:TO|FROM) .*",
          Pattern.DOTALL);

  /** Privileges on some columns only, which don't count. */
  private static final Pattern COLUMNS = Pattern.compile("[A-Z ]+\\([^)]*\\)");

  private static final String ANY = "*";

  /** One statement: what, and on which database pattern and table, {@code *} for all. */
  record Line(boolean granted, Set<String> privileges, String database, String table) {
    boolean holds(String privilege) {
      return privileges.contains(privilege) || privileges.contains("ALL PRIVILEGES");
    }
  }

  /** MariaDB shows those of the session's role by itself, and names no user in the statement. */
  static Grants read(SourceKind kind, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String account;
      String roles;
      try (ResultSet row =
          statement.executeQuery("SELECT CURRENT_USER(), COALESCE(CURRENT_ROLE(), 'NONE')")) {
        row.next();
        account = quoted(row.getString(1));
        roles = row.getString(2);
      }
      String using = roles.equals("NONE") ? "" : " USING " + roles;
      String query =
          kind == SourceKind.MARIADB ? "SHOW GRANTS" : "SHOW GRANTS FOR CURRENT_USER()" + using;
      List<String> statements = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          statements.add(rows.getString(1));
        }
      }
      return parse(account, statements);
    }
  }

  static Grants parse(String account, List<String> statements) {
    return new Grants(
        account,
        statements.stream().map(LINE::matcher).filter(Matcher::matches).map(Grants::line).toList());
  }

  private static Line line(Matcher line) {
    String whole = COLUMNS.matcher(line.group(2)).replaceAll("");
    Set<String> privileges =
        Arrays.stream(whole.split(",", -1))
            .map(privilege -> privilege.strip().toUpperCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    return new Line(
        line.group(1).equals("GRANT"), privileges, name(line.group(3)), name(line.group(4)));
  }

  private static String name(String quoted) {
    if (quoted.equals(ANY)) {
      return ANY;
    }
    String quote = quoted.substring(0, 1);
    return quoted.substring(1, quoted.length() - 1).replace(quote + quote, quote);
  }

  /** {@code user@host} as {@code 'user'@'host'}. */
  private static String quoted(String account) {
    int at = account.lastIndexOf('@');
    return literal(account.substring(0, at)) + "@" + literal(account.substring(at + 1));
  }

  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** Whether it was granted on everything. */
  boolean everywhere(String privilege) {
    return lines.stream()
        .anyMatch(line -> line.granted() && line.database().equals(ANY) && line.holds(privilege));
  }

  /** Whether it was granted on anything at all. */
  boolean anywhere(String privilege) {
    return lines.stream().anyMatch(line -> line.granted() && line.holds(privilege));
  }

  /** Whether it holds for all of this table. */
  boolean on(String privilege, String database, String table) {
    boolean revoked =
        lines.stream()
            .anyMatch(l -> !l.granted() && l.holds(privilege) && l.database().equals(database));
    return (everywhere(privilege) && !revoked)
        || lines.stream()
            .filter(line -> line.granted() && line.holds(privilege))
            .filter(line -> matches(line.database(), database))
            .anyMatch(line -> line.table().equals(ANY) || line.table().equalsIgnoreCase(table));
  }

  /** A database in a GRANT is a LIKE pattern; {@code *} is for {@link #everywhere}. */
  private static boolean matches(String pattern, String database) {
    if (pattern.equals(ANY)) {
      return false;
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        i++;
        regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
      } else {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
        .matcher(database)
        .matches();
  }
}
