package dev.lockstep.apply.schemas;

import dev.lockstep.common.control.TableReset;
import dev.lockstep.common.kafka.ControlCodec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest reset of each table of each connector. */
final class ResetRegistry {
  private static final Logger log = LoggerFactory.getLogger(ResetRegistry.class);

  private final Map<String, TableReset> byKey = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Long>> byTable = new ConcurrentHashMap<>();

  /** Takes a record of the resets topic. */
  void accept(String key, byte @Nullable [] value) {
    if (value == null) {
      remove(byKey.remove(key));
      return;
    }
    try {
      TableReset reset = ControlCodec.decode(value, TableReset.class);
      byKey.put(key, reset);
      byTable
          .computeIfAbsent(reset.table(), table -> new ConcurrentHashMap<>())
          .put(reset.connector(), reset.resetBefore());
    } catch (IllegalArgumentException e) {
      log.atError().setCause(e).addKeyValue("key", key).log("A table's reset can't be read");
    }
  }

  private void remove(@Nullable TableReset reset) {
    if (reset != null) {
      byTable.getOrDefault(reset.table(), new ConcurrentHashMap<>()).remove(reset.connector());
    }
  }

  /** Below which version a connector's rows of a table are void; 0 where none are. */
  long before(String table, String connector) {
    return byTable.getOrDefault(table, Map.of()).getOrDefault(connector, 0L);
  }

  /** The highest of a table by any connector; 0 where there is none. */
  long before(String table) {
    return byTable.getOrDefault(table, Map.of()).values().stream().reduce(0L, Math::max);
  }
}
