package dev.lockstep.stack;

import java.util.Optional;

/**
 * One way to come by servers. Empty means that this way does not apply here, and the next one is
 * asked; servers are given out not yet started.
 */
public interface ServerProvider {
  Optional<MySqlServer> mysql(Placement placement);

  Optional<MariaDbServer> mariaDb(Placement placement);

  Optional<KafkaServer> kafka(Placement placement);

  Optional<ClickHouseServer> clickHouse(Placement placement);
}
