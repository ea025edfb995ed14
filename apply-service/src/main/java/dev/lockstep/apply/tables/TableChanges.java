package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What of a table's layout is changed in place, where another was asked for than stands there. */
final class TableChanges {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

  private final ExistingTable existing;
  private final TableDefinition wanted;
  private final TableMark before;
  private final List<String> clauses = new ArrayList<>();

  private TableChanges(ExistingTable existing, TableDefinition wanted, TableMark before) {
    this.existing = existing;
    this.wanted = wanted;
    this.before = before;
  }

  /**
   * The statements, in their order.
   *
   * @param before what Lockstep asked for before; what it did not is left alone
   */
  static List<String> of(ExistingTable existing, TableDefinition wanted, TableMark before) {
    var changes = new TableChanges(existing, wanted, before);
    changes.computed();
    changes.ttl();
    changes.settings();
    return changes.clauses.stream()
        .map(clause -> "ALTER TABLE %s %s".formatted(wanted.storageOnCluster(), clause))
        .toList();
  }

  private void computed() {
    Map<String, String> asked = wanted.computed();
    for (String name : before.computed().keySet()) {
      if (!asked.containsKey(name) && existing.columns().containsKey(name)) {
        clauses.add("DROP COLUMN " + Identifiers.quote(name));
      }
    }
    asked.forEach(
        (name, declaration) -> {
          boolean isThere = existing.columns().containsKey(name);
          String column = Identifiers.quote(name) + " " + declaration;
          if (!isThere) {
            clauses.add("ADD COLUMN IF NOT EXISTS " + column);
          } else if (!declaration.equals(before.computed().get(name))) {
            clauses.add("MODIFY COLUMN " + column);
            if (declaration.contains(" MATERIALIZED ")) {
              clauses.add("MATERIALIZE COLUMN " + Identifiers.quote(name));
            }
          }
        });
  }

  private void ttl() {
    String asked = wanted.rules().storage().ttl();
    if (asked != null && !asked.equals(before.ttl())) {
      clauses.add("MODIFY TTL " + asked);
    } else if (asked == null && before.ttl() != null && existing.engineFull().contains(" TTL ")) {
      clauses.add("REMOVE TTL");
    }
  }

  private void settings() {
    Map<String, String> asked = new TreeMap<>(wanted.rules().storage().settings());
    String gone =
        before.settings().keySet().stream()
            .filter(name -> !asked.containsKey(name))
            .sorted()
            .collect(Collectors.joining(", "));
    asked
        .entrySet()
        .removeIf(entry -> entry.getValue().equals(before.settings().get(entry.getKey())));
    if (!gone.isEmpty()) {
      clauses.add("RESET SETTING " + gone);
    }
    if (!asked.isEmpty()) {
      clauses.add("MODIFY SETTING " + settings(asked));
    }
  }

  /** Settings as they stand in a statement. */
  static String settings(Map<String, String> settings) {
    return new TreeMap<>(settings)
        .entrySet().stream()
            .map(entry -> entry.getKey() + " = " + value(entry.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String value(String value) {
    return NUMBER.matcher(value).matches() ? value : Identifiers.literal(value);
  }
}
