package dev.lockstep.system.types;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Teaches MySQL time zones by name, from Java's rules: a server has none until it is told. */
final class ZoneTables {
  private static final Instant END = Instant.parse("2038-01-19T00:00:00Z");

  private ZoneTables() {}

  /** Adds zones under these ids. */
  static void load(Connection connection, List<String> zones) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < zones.size(); i++) {
        for (String sql : statements(i + 1, zones.get(i))) {
          statement.execute(sql);
        }
      }
    }
  }

  private static List<String> statements(int id, String zone) {
    ZoneRules rules = ZoneId.of(zone).getRules();
    Map<String, Integer> types = new LinkedHashMap<>();
    List<String> transitions = new ArrayList<>();
    type(types, rules, Instant.EPOCH);
    for (ZoneOffsetTransition next = rules.nextTransition(Instant.EPOCH);
        next != null && next.getInstant().isBefore(END);
        next = rules.nextTransition(next.getInstant())) {
      int type = type(types, rules, next.getInstant());
      transitions.add("(%d, %d, %d)".formatted(id, next.getInstant().getEpochSecond(), type));
    }
    List<String> sql = new ArrayList<>();
    sql.add("INSERT INTO mysql.time_zone VALUES (%d, 'N')".formatted(id));
    sql.add("INSERT INTO mysql.time_zone_name VALUES ('%s', %d)".formatted(zone, id));
    types.forEach(
        (type, number) ->
            sql.add(
                "INSERT INTO mysql.time_zone_transition_type VALUES (%d, %d, %s, '')"
                    .formatted(id, number, type)));
    sql.add("INSERT INTO mysql.time_zone_transition VALUES " + String.join(", ", transitions));
    return sql;
  }

  private static int type(Map<String, Integer> types, ZoneRules rules, Instant at) {
    ZoneOffset offset = rules.getOffset(at);
    boolean summer = !rules.getDaylightSavings(at).equals(Duration.ZERO);
    String type = "%d, %d".formatted(offset.getTotalSeconds(), summer ? 1 : 0);
    Integer known = types.putIfAbsent(type, types.size());
    return known == null ? types.size() - 1 : known;
  }
}
