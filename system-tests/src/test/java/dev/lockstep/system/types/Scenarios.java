package dev.lockstep.system.types;

import dev.lockstep.stack.StackException;
import dev.lockstep.stack.junit.Eventually;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries out scenarios side by side: all through one snapshot, but for those whose table is made
 * later, then all through the stream.
 */
final class Scenarios {
  private final TypesStack stack;
  private final String connector;
  private final String database;
  private final List<Scenario> all;
  private Map<Scenario, String> afterSnapshot = Map.of();
  private Map<Scenario, String> afterStream = Map.of();

  /** Scenarios in one database, which is made here, with a connector of this name. */
  Scenarios(TypesStack stack, String connector, String database, List<Scenario> all) {
    this.stack = stack;
    this.connector = connector;
    this.database = database;
    this.all = all;
  }

  /** Carries them out; then {@link #afterSnapshot} and {@link #afterStream} tell. */
  Scenarios run() throws Exception {
    List<String> begin = new ArrayList<>();
    begin.add("CREATE DATABASE " + Quoted.source(database));
    all.forEach(scenario -> begin.addAll(scenario.begin()));
    stack.write(begin);
    stack.connect(connector, database);
    afterSnapshot = differences(stack, all.stream().filter(Scenario::hasSnapshot).toList());
    List<String> change = new ArrayList<>();
    all.forEach(scenario -> change.addAll(scenario.change()));
    stack.write(change);
    afterStream = differences(stack, all);
    return this;
  }

  /** In what a scenario's ends differ after the snapshot; empty when they are equal. */
  String afterSnapshot(Scenario scenario) {
    if (!scenario.hasSnapshot()) {
      throw new IllegalArgumentException(scenario + " has nothing in the snapshot");
    }
    return explained(of(scenario, afterSnapshot));
  }

  /** The same after all its changes. */
  String afterStream(Scenario scenario) {
    return explained(of(scenario, afterStream));
  }

  /** A scenario that was not carried out has no outcome, rather than a good one. */
  private String of(Scenario scenario, Map<Scenario, String> differences) {
    if (!all.contains(scenario)) {
      throw new IllegalArgumentException(scenario + " was not carried out");
    }
    return differences.getOrDefault(scenario, "");
  }

  private String explained(String difference) {
    return difference.isEmpty() ? "" : difference + "\n" + stack.state(connector);
  }

  /** Waits until all are equal, or the limit passes; what still differs then. */
  static Map<Scenario, String> differences(TypesStack stack, List<Scenario> scenarios)
      throws SQLException {
    Map<Scenario, List<String>> expected = new LinkedHashMap<>();
    for (Scenario scenario : scenarios) {
      expected.put(scenario, sorted(stack.both().sourceRows(scenario.sourceRows())));
    }
    Map<Scenario, String> open = new HashMap<>();
    try {
      Eventually.eventually(
          "all to be equal", TypesStack.LIMIT, () -> shrunk(stack, expected, open).isEmpty());
    } catch (AssertionError e) {
      expected.keySet().forEach(left -> open.putIfAbsent(left, "Not compared: " + e.getMessage()));
    }
    return open;
  }

  /** Looks at those that differed so far. */
  private static Map<Scenario, String> shrunk(
      TypesStack stack, Map<Scenario, List<String>> expected, Map<Scenario, String> open) {
    open.clear();
    List<Scenario> equal = new ArrayList<>();
    expected.forEach(
        (scenario, rows) -> {
          String difference = difference(rows, seen(stack, scenario));
          if (difference.isEmpty()) {
            equal.add(scenario);
          } else {
            open.put(scenario, difference);
          }
        });
    equal.forEach(expected::remove);
    return open;
  }

  private static List<String> seen(TypesStack stack, Scenario scenario) {
    try {
      return sorted(stack.both().targetRows(scenario.targetRows()));
    } catch (StackException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> sorted(List<String> rows) {
    List<String> copy = new ArrayList<>(rows);
    Collections.sort(copy);
    return copy;
  }

  /** The rows that only one end has, a few of them; empty when there are none. */
  static String difference(List<String> expected, List<String> actual) {
    if (expected.equals(actual)) {
      return "";
    }
    List<String> missing = new ArrayList<>(expected);
    actual.forEach(missing::remove);
    List<String> surplus = new ArrayList<>(actual);
    expected.forEach(surplus::remove);
    return "%d rows in the source, %d in the target%n".formatted(expected.size(), actual.size())
        + shown("only in the source: ", missing)
        + shown("only in the target: ", surplus);
  }

  private static String shown(String title, List<String> rows) {
    StringBuilder text = new StringBuilder();
    rows.stream()
        .limit(4)
        .map(row -> row.length() > 600 ? row.substring(0, 600) + "…" : row)
        .forEach(row -> text.append(title).append(row).append('\n'));
    return text.toString();
  }
}
