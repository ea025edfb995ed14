package dev.lockstep.admin.snapshots;

import dev.lockstep.common.control.StatusKeys;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotCommand.Action;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotStatus.State;
import dev.lockstep.common.snapshot.SnapshotStatus.TableProgress;
import dev.lockstep.common.snapshot.SnapshotStatus.TableState;
import dev.lockstep.common.snapshot.SnapshotType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every snapshot that was asked for, with the last report of it, kept in memory. */
public final class SnapshotBoard {
  private static final Logger log = LoggerFactory.getLogger(SnapshotBoard.class);

  private final Map<String, SnapshotStatus> asked = new ConcurrentHashMap<>();
  private final Map<String, SnapshotStatus> reported = new ConcurrentHashMap<>();

  /** A record of the commands topic. */
  public void acceptCommand(String connector, byte @Nullable [] value) {
    if (value == null) {
      return;
    }
    try {
      add(ControlCodec.decode(value, SnapshotCommand.class));
    } catch (IllegalArgumentException e) {
      log.atWarn().setCause(e).addKeyValue("connector", connector).log("A command can't be read");
    }
  }

  /** What is asked for is shown at once, as queued. */
  void add(SnapshotCommand command) {
    if (command.action() == Action.REQUEST) {
      asked.putIfAbsent(command.id(), queued(command));
    }
  }

  private static SnapshotStatus queued(SnapshotCommand command) {
    List<TableProgress> tables =
        command.tables().stream()
            .map(
                table ->
                    new TableProgress(
                        table.database(),
                        table.table(),
                        table.filter(),
                        TableState.WAITING,
                        0,
                        null,
                        null))
            .toList();
    return new SnapshotStatus(
        command.id(),
        command.connector(),
        Objects.requireNonNull(command.type()),
        State.QUEUED,
        null,
        tables,
        null,
        command.at(),
        null,
        null,
        command.at());
  }

  /** A record of the status topic. */
  public void acceptStatus(String key, byte @Nullable [] value) {
    if (!key.startsWith(StatusKeys.SNAPSHOT) || value == null) {
      return;
    }
    try {
      SnapshotStatus status = ControlCodec.decode(value, SnapshotStatus.class);
      reported.merge(status.id(), status, SnapshotBoard::valid);
    } catch (IllegalArgumentException e) {
      log.atWarn().setCause(e).addKeyValue("key", key).log("A status report can't be read");
    }
  }

  /**
   * A report that is late never opens again what has ended, as capture-service takes it too; an
   * initial snapshot alone can begin again under its id.
   */
  private static SnapshotStatus valid(SnapshotStatus before, SnapshotStatus now) {
    boolean ended = before.state().isFinal() && before.type() != SnapshotType.INITIAL;
    return ended || before.at().isAfter(now.at()) ? before : now;
  }

  List<SnapshotStatus> all() {
    Map<String, SnapshotStatus> all = new HashMap<>(asked);
    all.putAll(reported);
    return List.copyOf(all.values());
  }

  Optional<SnapshotStatus> find(String id) {
    return Optional.ofNullable(reported.get(id)).or(() -> Optional.ofNullable(asked.get(id)));
  }
}
