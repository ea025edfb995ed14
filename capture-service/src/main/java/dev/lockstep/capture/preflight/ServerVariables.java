package dev.lockstep.capture.preflight;

import dev.lockstep.capture.source.SourceKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The source server's settings that capturing depends on. */
record ServerVariables(SourceKind kind, Map<String, String> values) {
  private static final Pattern VERSION = Pattern.compile("^(\\d+)\\.(\\d+)\\.");
  private static final String QUERY =
      """
      SHOW GLOBAL VARIABLES WHERE Variable_name IN ('version', 'version_comment', 'log_bin', 'binlog_format',
        'binlog_row_image', 'binlog_row_value_options', 'gtid_mode', 'server_id', 'skip_show_database',
        'binlog_expire_logs_seconds', 'gtid_strict_mode', 'log_bin_compress',
        'binlog_alter_two_phase')
      """;

  static ServerVariables read(SourceKind kind, Connection connection) throws SQLException {
    Map<String, String> values = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      while (rows.next()) {
        values.put(rows.getString(1).toLowerCase(Locale.ROOT), rows.getString(2));
      }
    }
    return new ServerVariables(kind, Map.copyOf(values));
  }

  /** Whether it is a server that the connector's class is for, and so the further checks are. */
  boolean checkVersion(Findings findings) {
    String version = value("version");
    SourceKind there =
        (version + value("version_comment")).toLowerCase(Locale.ROOT).contains("mariadb")
            ? SourceKind.MARIADB
            : SourceKind.MYSQL;
    if (there != kind) {
      findings.error(
          LockstepRules.CONNECTOR_CLASS,
          "The source is %s %s, which Debezium's %s connector can't capture."
              .formatted(there.title(), version, kind.title()),
          "Set it to " + there.connectorClass() + ".");
      return false;
    }
    Matcher parts = VERSION.matcher(version);
    if (parts.find() && number(parts) < kind.oldest()) {
      findings.error(
          key("version"),
          "The source is %s %s; the oldest that is supported is %s."
              .formatted(kind.title(), version, oldest()),
          "Upgrade the server to %s %s or later.".formatted(kind.title(), oldest()));
      return false;
    }
    return true;
  }

  private static int number(Matcher version) {
    return Integer.parseInt(version.group(1)) * 100 + Integer.parseInt(version.group(2));
  }

  private String oldest() {
    return kind.oldest() / 100 + "." + kind.oldest() % 100;
  }

  void check(Map<String, String> config, Findings findings) {
    binlog(findings);
    gtids(config, findings);
    if (config.getOrDefault("database.server.id", "").strip().equals(value("server_id"))) {
      findings.error(
          "database.server.id",
          "`database.server.id` is " + value("server_id") + ", which is the server's own id.",
          "Give the connector an id that no server and no replica of it has, such as a random"
              + " number from 5400 to 6400.");
    }
  }

  private void binlog(Findings findings) {
    if (!isOr("log_bin", "ON")) {
      findings.error(
          key("log_bin"),
          "The server writes no binary log (log_bin is " + value("log_bin") + ").",
          "Set log_bin in the [mysqld] section of my.cnf and restart the server.");
      return;
    }
    required("binlog_format", "ROW", "changes can't be captured from statements", findings);
    required("binlog_row_image", "FULL", "the values of unchanged columns are missing", findings);
    if (!isOr("log_bin_compress", "OFF")) {
      findings.error(
          key("log_bin_compress"),
          "The server compresses events of its binary log (log_bin_compress is ON), which"
              + " Debezium's binlog client can't read.",
          "Run SET GLOBAL log_bin_compress = OFF; and remove it from my.cnf. What was compressed"
              + " until then stays so: the snapshot must come after.");
    }
    if (!isOr("binlog_alter_two_phase", "OFF")) {
      findings.error(
          key("binlog_alter_two_phase"),
          "The server writes an ALTER TABLE when it begins (binlog_alter_two_phase is ON): rows that"
              + " follow would be read by columns that they do not have yet.",
          "Run SET GLOBAL binlog_alter_two_phase = OFF; and remove it from my.cnf; sessions that are"
              + " open keep the old value until they connect again.");
    }
    if (value("binlog_row_value_options").contains("PARTIAL_JSON")) {
      findings.error(
          key("binlog_row_value_options"),
          "The server writes partial JSON updates (binlog_row_value_options is PARTIAL_JSON), which"
              + " would be lost.",
          "Run SET GLOBAL binlog_row_value_options = ''; and remove it from my.cnf; sessions that"
              + " are open keep the old value until they connect again.");
    }
  }

  private void required(String variable, String wanted, String consequence, Findings findings) {
    if (!isOr(variable, wanted)) {
      findings.error(
          key(variable),
          variable + " is " + value(variable) + " and must be " + wanted + ": " + consequence + ".",
          "Run SET GLOBAL "
              + variable
              + " = '"
              + wanted
              + "'; and set it in my.cnf; sessions that are open keep the old value until they"
              + " connect again.");
    }
  }

  private void gtids(Map<String, String> config, Findings findings) {
    if (kind == SourceKind.MARIADB) {
      strictGtids(findings);
      return;
    }
    if (isOr("gtid_mode", "ON")) {
      return;
    }
    String problem = "gtid_mode is " + value("gtid_mode") + ": ";
    String remedy = "Set enforce_gtid_consistency = ON, then gtid_mode = ON, in the server.";
    if (config.getOrDefault("read.only", "false").strip().equalsIgnoreCase("true")) {
      findings.error(key("gtid_mode"), problem + "`read.only` needs GTIDs.", remedy);
    } else {
      findings.warning(
          key("gtid_mode"),
          problem + "after a failover of MySQL the connector can't find its place.",
          remedy);
    }
  }

  /** MariaDB always writes GTIDs; their numbers need not rise, unless it is strict. */
  private void strictGtids(Findings findings) {
    if (!isOr("gtid_strict_mode", "ON")) {
      findings.warning(
          key("gtid_strict_mode"),
          "gtid_strict_mode is OFF: after a failover of MariaDB the numbers of a domain can go"
              + " backwards, and the connector can't find its place.",
          "Run SET GLOBAL gtid_strict_mode = ON; and set it in my.cnf, on all servers.");
    }
  }

  /** How long the server keeps its binlog at least; empty when it keeps it for good. */
  Optional<Duration> binlogRetention() {
    String seconds = value("binlog_expire_logs_seconds");
    return seconds.isEmpty() || seconds.equals("0")
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(Long.parseLong(seconds)));
  }

  boolean refusesShowDatabases() {
    return value("skip_show_database").equalsIgnoreCase("ON");
  }

  private String value(String variable) {
    return values.getOrDefault(variable, "");
  }

  /** A variable that the server no longer has, has the value that is left. */
  private boolean isOr(String variable, String wanted) {
    return values.getOrDefault(variable, wanted).equalsIgnoreCase(wanted);
  }

  private static String key(String variable) {
    return "server variable " + variable;
  }
}
