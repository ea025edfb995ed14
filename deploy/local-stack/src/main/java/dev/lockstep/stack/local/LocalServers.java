package dev.lockstep.stack.local;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.Placement;
import dev.lockstep.stack.ServerProvider;
import java.util.Optional;

/** Servers as processes on this machine; fetched when they are started for the first time. */
public final class LocalServers implements ServerProvider {
  @Override
  public Optional<MySqlServer> mysql(Placement placement) {
    return Optional.of(new LocalMySql(placement));
  }

  @Override
  public Optional<MariaDbServer> mariaDb(Placement placement) {
    return Optional.of(new LocalMariaDb(placement));
  }

  @Override
  public Optional<KafkaServer> kafka(Placement placement) {
    return Optional.of(new LocalKafka(placement));
  }

  @Override
  public Optional<ClickHouseServer> clickHouse(Placement placement) {
    return Optional.of(new LocalClickHouse(placement));
  }
}
