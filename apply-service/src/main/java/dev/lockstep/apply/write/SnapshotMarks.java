package dev.lockstep.apply.write;

import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.tables.PreparedTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Marks in a multiset where a snapshot begins. A snapshot that starts over reads rows again that
 * were applied before; its mark keeps them from being counted twice.
 */
public final class SnapshotMarks {
  private final ClickHouse clickHouse;
  private final Map<String, Mark> last = new ConcurrentHashMap<>();

  private record Mark(long snapshot, long version) {
    boolean covers(long otherSnapshot, long otherVersion) {
      return snapshot == otherSnapshot && version <= otherVersion;
    }
  }

  public SnapshotMarks(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /** The same marks again, as something in the table has changed. */
  void forget(PreparedTable table) {
    last.remove(table.insertTarget().table());
  }

  /** Marks the snapshots whose rows come next, where that is not known to be done. */
  void mark(PreparedTable table, Map<Long, Long> versionsBySnapshot) {
    versionsBySnapshot.forEach(
        (snapshot, version) -> {
          Mark known = last.get(table.insertTarget().table());
          if (known == null || !known.covers(snapshot, version)) {
            clickHouse.execute(table.markSnapshot(snapshot, version));
            last.put(table.insertTarget().table(), new Mark(snapshot, version));
          }
        });
  }
}
