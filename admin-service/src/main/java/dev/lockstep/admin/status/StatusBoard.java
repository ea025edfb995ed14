package dev.lockstep.admin.status;

import dev.lockstep.common.control.ConnectorProgress;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.StatusKeys;
import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.kafka.CompactedTopic;
import dev.lockstep.common.kafka.ControlCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last report of each connector and of each table's partitions, kept in memory. */
public final class StatusBoard implements CompactedTopic.Listener {
  private static final Logger log = LoggerFactory.getLogger(StatusBoard.class);

  private final Map<String, ConnectorStatus> connectors = new ConcurrentHashMap<>();
  private final Map<String, ConnectorProgress> progress = new ConcurrentHashMap<>();
  private final Map<String, TablePartitionStatus> partitions = new ConcurrentHashMap<>();
  private volatile boolean loaded;

  @Override
  public void accept(String key, byte @Nullable [] value) {
    if (key.startsWith(StatusKeys.CONNECTOR)) {
      keep(connectors, key, value, ConnectorStatus.class);
    } else if (key.startsWith(StatusKeys.PROGRESS)) {
      keep(progress, key, value, ConnectorProgress.class);
    } else if (key.startsWith(StatusKeys.TABLE)) {
      keep(partitions, key, value, TablePartitionStatus.class);
    }
  }

  /** A report that can't be read takes away the one before it, which is no longer true. */
  private static <T> void keep(
      Map<String, T> reports, String key, byte @Nullable [] value, Class<T> type) {
    if (value == null) {
      reports.remove(key);
      return;
    }
    try {
      reports.put(key, ControlCodec.decode(value, type));
    } catch (IllegalArgumentException e) {
      reports.remove(key);
      log.atWarn().setCause(e).addKeyValue("key", key).log("A status report can't be read");
    }
  }

  /** Says that the status topic has been read to its end. */
  public void loaded() {
    loaded = true;
  }

  /**
   * What its owner reported last about a connector.
   *
   * @throws StatusNotLoadedException while the status topic is not read
   */
  public Optional<ConnectorStatus> connector(String name) {
    requireLoaded();
    return Optional.ofNullable(connectors.get(ConnectorStatus.recordKey(name)));
  }

  /**
   * How far a connector was when its owner measured last.
   *
   * @throws StatusNotLoadedException while the status topic is not read
   */
  public Optional<ConnectorProgress> progress(String connector) {
    requireLoaded();
    return Optional.ofNullable(progress.get(ConnectorProgress.recordKey(connector)));
  }

  /** As {@link #connector}, but empty as long as the status topic is not read. */
  public Optional<ConnectorStatus> known(String name) {
    return loaded ? connector(name) : Optional.empty();
  }

  /**
   * What was reported last about each partition of each table.
   *
   * @throws StatusNotLoadedException while the status topic is not read
   */
  public List<TablePartitionStatus> partitions() {
    requireLoaded();
    return List.copyOf(partitions.values());
  }

  /**
   * Makes sure that the status topic was read to its end.
   *
   * @throws StatusNotLoadedException while it is not
   */
  public void requireLoaded() {
    if (!loaded) {
      throw new StatusNotLoadedException();
    }
  }
}
