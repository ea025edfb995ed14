package dev.lockstep.benchmarks.subjects;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The versions that this build was made with; Maven fills them in. */
public final class Versions {
  private static final Properties ALL = load();

  private Versions() {}

  static String of(String name) {
    return Objects.requireNonNull(ALL.getProperty(name), name);
  }

  /** What a report names where ClickHouse takes part, which is started to be asked. */
  public static Map<String, String> reportWithTarget(BenchServers servers)
      throws SQLException, IOException {
    Map<String, String> versions = report(servers);
    try (TargetServer target = TargetServer.start(servers.folder().resolve("target"))) {
      versions.put("clickhouse", target.query("SELECT version()"));
    }
    return versions;
  }

  /** What a report names. */
  public static Map<String, String> report(BenchServers servers) throws SQLException {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("lockstep", of("lockstep"));
    versions.put("debezium", of("debezium"));
    versions.put("kafka", of("kafka"));
    versions.put("mysql", servers.mysqlVersion());
    return versions;
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in =
        Objects.requireNonNull(
            Versions.class.getResourceAsStream("versions.properties"), "versions.properties")) {
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
