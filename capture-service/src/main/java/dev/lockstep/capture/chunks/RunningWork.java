package dev.lockstep.capture.chunks;

import io.debezium.config.Configuration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The work of the engines that run in this process. Debezium makes its parts by itself, so an
 * engine's config carries a token that its work is found by.
 */
public final class RunningWork implements AutoCloseable {
  private static final String TOKEN = "lockstep.snapshots";
  private static final Map<String, SnapshotWork> RUNNING = new ConcurrentHashMap<>();

  private final String token = UUID.randomUUID().toString();

  /** Until it is closed, the work can be found. */
  public RunningWork(SnapshotWork work) {
    RUNNING.put(token, work);
  }

  /** Adds the token to an engine's config. */
  public void addTo(Properties config) {
    config.setProperty(TOKEN, token);
  }

  /** The work of the engine that has this config. */
  public static Optional<SnapshotWork> of(Configuration config) {
    return Optional.ofNullable(config.getString(TOKEN)).map(RUNNING::get);
  }

  @Override
  public void close() {
    RUNNING.remove(token);
  }
}
