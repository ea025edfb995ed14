package dev.lockstep.system.suite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Changes a table {@code (id INT PRIMARY KEY, change_no BIGINT, payload VARCHAR(200))} at random,
 * and keeps account of every single change as {@code op id change_no}: no two are alike.
 */
public final class SeededChanges {
  private final String table;
  private final Random random;
  private final TreeMap<Integer, Long> rows = new TreeMap<>();
  private final List<String> done = new ArrayList<>();
  private int nextId = 1;
  private long nextChange = 1;

  /** For this table, {@code database.table}, which must be empty or hold ids below 1 only. */
  public SeededChanges(String table, long seed) {
    this.table = table;
    this.random = new Random(seed);
  }

  /** The database of the table. */
  public String database() {
    return table.substring(0, table.indexOf('.'));
  }

  /** How many changes were committed. */
  public int count() {
    return done.size();
  }

  /** Every committed change, in the order of the commits. */
  public List<String> done() {
    return done;
  }

  /** Commits one transaction of some changes. */
  public void transaction(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      int statements = 1 + random.nextInt(3);
      for (int i = 0; i < statements; i++) {
        statement.executeUpdate(change());
      }
      connection.commit();
    }
  }

  private String change() {
    int dice = random.nextInt(10);
    if (rows.size() < 200 || dice < 4) {
      return insert(1 + random.nextInt(300));
    }
    List<Integer> ids = someIds(1 + random.nextInt(150));
    if (dice == 7) {
      return changeKeys(ids);
    }
    return dice < 8 ? update(ids) : delete(ids);
  }

  private String insert(int count) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = nextId++;
      rows.put(id, nextChange);
      done.add("c " + id + " " + nextChange);
      values.add("(%d, %d, '%s')".formatted(id, nextChange++, Long.toHexString(random.nextLong())));
    }
    return "INSERT INTO " + table + " VALUES " + String.join(",", values);
  }

  /** All get one number, which together with the id is unlike every other change. */
  private String update(List<Integer> ids) {
    long change = nextChange++;
    for (int id : ids) {
      rows.put(id, change);
      done.add("u " + id + " " + change);
    }
    return "UPDATE %s SET change_no = %d, payload = CONCAT('u', change_no) WHERE id IN (%s)"
        .formatted(table, change, list(ids));
  }

  /** To keys that no row had yet: each is published as a delete and a create. */
  private String changeKeys(List<Integer> ids) {
    long change = nextChange++;
    StringBuilder keys = new StringBuilder();
    for (int id : ids) {
      int to = nextId++;
      keys.append(" WHEN ").append(id).append(" THEN ").append(to);
      done.add("d " + id + " " + rows.remove(id));
      done.add("c " + to + " " + change);
      rows.put(to, change);
    }
    return "UPDATE %s SET change_no = %d, id = CASE id%s END WHERE id IN (%s)"
        .formatted(table, change, keys, list(ids));
  }

  private String delete(List<Integer> ids) {
    for (int id : ids) {
      done.add("d " + id + " " + rows.remove(id));
    }
    return "DELETE FROM %s WHERE id IN (%s)".formatted(table, list(ids));
  }

  private List<Integer> someIds(int count) {
    int from = 1 + random.nextInt(nextId);
    List<Integer> ids = rows.tailMap(from).keySet().stream().limit(count).toList();
    return ids.isEmpty() ? List.of(rows.firstKey()) : ids;
  }

  private static String list(List<Integer> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
