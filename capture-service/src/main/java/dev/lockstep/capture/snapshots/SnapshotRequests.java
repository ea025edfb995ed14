package dev.lockstep.capture.snapshots;

import dev.lockstep.common.control.StatusKeys;
import dev.lockstep.common.kafka.CompactedTopic;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.snapshot.CapturedTables;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotCommand.Action;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every snapshot that was asked for of every connector, with what is wished of it and what was
 * reported last: the commands topic and the status topic, read from their beginnings. Thread-safe.
 */
public final class SnapshotRequests implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SnapshotRequests.class);

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, SnapshotStatus> statuses = new LinkedHashMap<>();
  private final Map<String, CapturedTables> captured = new ConcurrentHashMap<>();
  private final CompactedTopic commandsTopic;
  private final CompactedTopic statusTopic;
  private final AtomicLong changes = new AtomicLong();

  /**
   * A snapshot that was asked for.
   *
   * @param request what was asked for
   * @param wish the last that was wished of it: a request, a pause, a resumption or a cancellation
   * @param status what was reported last, or null for nothing yet
   */
  record Entry(SnapshotCommand request, Action wish, @Nullable SnapshotStatus status) {
    boolean isOpen() {
      return status == null || !status.state().isFinal();
    }

    boolean isPaused() {
      return wish == Action.PAUSE;
    }

    boolean isCancelled() {
      return wish == Action.CANCEL;
    }
  }

  /** Begins to read. */
  public SnapshotRequests(KafkaSettings settings) {
    this.commandsTopic =
        new CompactedTopic(settings, settings.topics().commands(), this::acceptCommand);
    this.statusTopic = new CompactedTopic(settings, settings.topics().status(), this::acceptStatus);
  }

  private void acceptCommand(String connector, byte @Nullable [] value) {
    if (value == null) {
      return;
    }
    try {
      accept(ControlCodec.decode(value, SnapshotCommand.class));
    } catch (IllegalArgumentException e) {
      log.atError()
          .setCause(e)
          .addKeyValue("connector", connector)
          .log("A command can't be read; it is passed over");
    }
  }

  private synchronized void accept(SnapshotCommand command) {
    Entry known = entries.get(command.id());
    if (command.action() == Action.REQUEST) {
      entries.putIfAbsent(
          command.id(), new Entry(command, Action.REQUEST, statuses.get(command.id())));
    } else if (known != null && !known.isCancelled()) {
      entries.put(command.id(), new Entry(known.request(), command.action(), known.status()));
    }
    changes.incrementAndGet();
  }

  private void acceptStatus(String key, byte @Nullable [] value) {
    try {
      decodeStatus(key, value);
    } catch (IllegalArgumentException e) {
      log.atError()
          .setCause(e)
          .addKeyValue("key", key)
          .log("A report of a snapshot can't be read; it is passed over");
    }
  }

  private void decodeStatus(String key, byte @Nullable [] value) {
    if (key.startsWith(StatusKeys.SNAPSHOT) && value != null) {
      accept(ControlCodec.decode(value, SnapshotStatus.class));
    } else if (key.startsWith(StatusKeys.CAPTURED)) {
      String connector = key.substring(StatusKeys.CAPTURED.length());
      if (value == null) {
        captured.remove(connector);
      } else {
        captured.put(connector, ControlCodec.decode(value, CapturedTables.class));
      }
    }
  }

  /** Which tables a connector captured when its engine was started last. */
  Optional<CapturedTables> captured(String connector) {
    return Optional.ofNullable(captured.get(connector));
  }

  /**
   * A report; one that is late never opens again what has ended. An initial snapshot alone can
   * begin again under its id.
   */
  public synchronized void accept(SnapshotStatus status) {
    SnapshotStatus before = statuses.get(status.id());
    boolean isInitial = status.type() == SnapshotType.INITIAL;
    if (before != null
        && ((before.state().isFinal() && !isInitial) || before.at().isAfter(status.at()))) {
      return;
    }
    statuses.put(status.id(), status);
    Entry entry = entries.get(status.id());
    if (entry != null) {
      entries.put(status.id(), new Entry(entry.request(), entry.wish(), status));
    }
    changes.incrementAndGet();
  }

  /** The connector's initial snapshot, while it is not done. */
  synchronized Optional<SnapshotStatus> initial(String connector) {
    return statuses.values().stream()
        .filter(
            status ->
                status.connector().equals(connector)
                    && status.type() == SnapshotType.INITIAL
                    && !status.state().isFinal())
        .findFirst();
  }

  /** Rises with each change, so that a look at all of them can be saved. */
  long changes() {
    return changes.get();
  }

  /** Those of a connector that have not ended, in the order in which they were asked for. */
  synchronized List<Entry> open(String connector) {
    List<Entry> open = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.request().connector().equals(connector) && entry.isOpen()) {
        open.add(entry);
      }
    }
    return open;
  }

  synchronized Optional<Entry> find(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** Whether everything that stood in the topics at the start is read. */
  public boolean isLoaded() {
    return commandsTopic.isLoaded() && statusTopic.isLoaded();
  }

  /** Why one of the topics is read no more, or null. */
  public @Nullable RuntimeException failure() {
    RuntimeException commands = commandsTopic.failure();
    return commands == null ? statusTopic.failure() : commands;
  }

  /**
   * Waits until everything that was committed before this call is known here.
   *
   * @throws TimeoutException when the limit passed first
   */
  public void awaitCaughtUp(Duration limit) throws InterruptedException, TimeoutException {
    commandsTopic.awaitCaughtUp(limit);
    statusTopic.awaitCaughtUp(limit);
  }

  @Override
  public void close() {
    commandsTopic.close();
    statusTopic.close();
  }
}
