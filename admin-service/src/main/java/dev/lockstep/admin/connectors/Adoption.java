package dev.lockstep.admin.connectors;

import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.kafka.CompactedTopic;
import dev.lockstep.common.kafka.ControlCodec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the connectors that already stand in the connectors topic when the database is new:
 * after a lost database, or in front of a suite that is already running. Until that is decided,
 * connectors can't be changed.
 */
public final class Adoption implements CompactedTopic.Listener {
  private static final Logger log = LoggerFactory.getLogger(Adoption.class);

  private final ConnectorStore store;
  private final Map<String, ConnectorSpec> found = new ConcurrentHashMap<>();
  private volatile boolean settled;

  /** For this store; there is nothing to adopt when it has been used before. */
  public Adoption(ConnectorStore store) {
    this.store = store;
    this.settled = !store.isUnused();
  }

  @Override
  public void accept(String key, byte @Nullable [] value) {
    if (settled) {
      return;
    }
    if (value == null) {
      found.remove(key);
      return;
    }
    try {
      found.put(key, ControlCodec.decode(value, ConnectorSpec.class));
    } catch (IllegalArgumentException e) {
      log.atWarn()
          .addKeyValue("connector", key)
          .log("A connector of the connectors topic can't be read and is not adopted");
    }
  }

  /** Decides; to be called when the connectors topic is read to its end. */
  public void settle() {
    if (settled) {
      return;
    }
    if (!found.isEmpty()) {
      store.adopt(found.values());
      log.atInfo()
          .addKeyValue("connectors", found.keySet())
          .log("Adopted the connectors of the connectors topic into the new database");
    }
    settled = true;
    found.clear();
  }

  void requireSettled() {
    if (!settled) {
      throw new ConnectorException.NotReady(
          "admin-service is new here and still has to read the connectors that are in Kafka;"
              + " nothing was stored. Its readiness at /actuator/health/readiness says what it"
              + " waits for. Repeat the request then");
    }
  }
}
