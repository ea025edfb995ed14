package dev.lockstep.capture.chunks;

import io.debezium.config.Configuration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The work of the engines that run in this process. Debezium makes its parts by itself, so an
 * engine's config carries a token that its work is found by.
 */
public final class RunningWork implements AutoCloseable {
  private static final String TOKEN = "lockstep.snapshots";
  private static final Map<String, RunningWork> RUNNING = new ConcurrentHashMap<>();

  private final String token = UUID.randomUUID().toString();
  private final SnapshotWork work;
  private volatile @Nullable Tables tables;

  /** Until it is closed, the work can be found. */
  public RunningWork(SnapshotWork work) {
    this.work = work;
    RUNNING.put(token, this);
  }

  /** Adds the token to an engine's config. */
  public void addTo(Properties config) {
    config.setProperty(TOKEN, token);
  }

  /** The work of the engine that has this config. */
  public static Optional<SnapshotWork> of(Configuration config) {
    return found(config).map(running -> running.work);
  }

  /** The tables that the engine with this config reads: what is open of them ends with it. */
  public static void endsWith(Configuration config, Tables read) {
    found(config).ifPresent(running -> running.tables = read);
  }

  private static Optional<RunningWork> found(Configuration config) {
    return Optional.ofNullable(config.getString(TOKEN)).map(RUNNING::get);
  }

  @Override
  public void close() {
    RUNNING.remove(token);
    Tables read = tables;
    if (read != null) {
      read.close();
    }
  }
}
