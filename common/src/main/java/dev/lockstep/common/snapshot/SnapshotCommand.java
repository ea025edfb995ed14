package dev.lockstep.common.snapshot;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What shall happen with a snapshot; a value of the commands topic, keyed by connector. A snapshot
 * begins with its {@link Action#REQUEST}; later commands of the same id change it. A command that
 * comes twice counts once.
 *
 * @param id the snapshot's id
 * @param connector whose source is read
 * @param action what shall happen
 * @param type how the rows are read; null unless it is a request
 * @param tables what is read, in this order; empty unless it is a request
 * @param at when it was asked for
 * @param resetBefore of tables that were added to the connector's config: rows with a lower version
 *     are gone once their table is read, and those with a higher one that were published before the
 *     snapshot began; null for others
 */
public record SnapshotCommand(
    String id,
    String connector,
    Action action,
    @Nullable SnapshotType type,
    List<SnapshotTable> tables,
    Instant at,
    @Nullable Long resetBefore) {
  /** Most tables of one request. */
  public static final int MOST_TABLES = 1_000;

  /** What shall happen. */
  public enum Action {
    /** Read the tables, once everything that was requested before is done. */
    REQUEST,
    /** Stop reading and keep the place. */
    PAUSE,
    /** Go on after a pause. */
    RESUME,
    /** End it; rows that were read stay where they are. */
    CANCEL
  }

  /**
   * Copies the list and checks that a request is whole.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  public SnapshotCommand {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(connector, "connector");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(at, "at");
    tables = tables == null ? List.of() : List.copyOf(tables);
    if (action == Action.REQUEST && (type == null || !type.isOnDemand() || tables.isEmpty())) {
      throw new IllegalArgumentException(
          "A snapshot needs a type that can be asked for and at least one table.");
    }
    if (tables.size() > MOST_TABLES) {
      throw new IllegalArgumentException("A snapshot can have 1,000 tables at most.");
    }
    requireDistinct(tables);
  }

  private static void requireDistinct(List<SnapshotTable> tables) {
    Set<String> names = new HashSet<>();
    for (SnapshotTable table : tables) {
      if (!names.add(table.database() + "\0" + table.table())) {
        throw new IllegalArgumentException("The table " + table.name() + " is named twice.");
      }
    }
  }

  /**
   * Whether it is of tables that were added to the connector's config: what is known of them is
   * asked for anew before they are read.
   */
  @JsonIgnore
  public boolean isOfAddedTables() {
    return resetBefore != null;
  }

  /** A request of tables that are captured: what is read replaces what is there of the same key. */
  public static SnapshotCommand request(
      String id, String connector, SnapshotType type, List<SnapshotTable> tables, Instant at) {
    return new SnapshotCommand(id, connector, Action.REQUEST, type, tables, at, null);
  }

  /** The change of a snapshot that was requested. */
  public static SnapshotCommand change(String id, String connector, Action action, Instant at) {
    return new SnapshotCommand(id, connector, action, null, List.of(), at, null);
  }
}
