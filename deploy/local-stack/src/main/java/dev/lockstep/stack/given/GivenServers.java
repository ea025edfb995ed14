package dev.lockstep.stack.given;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.Placement;
import dev.lockstep.stack.ServerProvider;
import java.util.Map;
import java.util.Optional;

/**
 * The servers that {@code LOCKSTEP_MYSQL_URL}, {@code LOCKSTEP_MARIADB_URL}, {@code LOCKSTEP_KAFKA}
 * and {@code LOCKSTEP_CLICKHOUSE_URL} name.
 */
public final class GivenServers implements ServerProvider {
  public static final String MYSQL = "LOCKSTEP_MYSQL_URL";
  public static final String MARIADB = "LOCKSTEP_MARIADB_URL";
  public static final String KAFKA = "LOCKSTEP_KAFKA";
  public static final String CLICKHOUSE = "LOCKSTEP_CLICKHOUSE_URL";

  private final Map<String, String> environment;

  public GivenServers(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Optional<MySqlServer> mysql(Placement placement) {
    return setting(MYSQL).map(GivenMySql::of);
  }

  @Override
  public Optional<MariaDbServer> mariaDb(Placement placement) {
    return setting(MARIADB).map(GivenMariaDb::of);
  }

  @Override
  public Optional<KafkaServer> kafka(Placement placement) {
    return setting(KAFKA).map(GivenKafka::new);
  }

  @Override
  public Optional<ClickHouseServer> clickHouse(Placement placement) {
    return setting(CLICKHOUSE).map(GivenClickHouse::of);
  }

  private Optional<String> setting(String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
