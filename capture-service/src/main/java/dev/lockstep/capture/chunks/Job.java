package dev.lockstep.capture.chunks;

import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotTable;
import dev.lockstep.common.snapshot.SnapshotType;
import io.debezium.relational.TableId;

/** A snapshot that was asked for, and its place. */
record Job(SnapshotCommand request, Place place) {
  String id() {
    return request.id();
  }

  /** The table that is being read. */
  SnapshotTable table() {
    return request.tables().get(place.table());
  }

  TableId tableId() {
    return new TableId(table().database(), null, table().table());
  }

  boolean isBlocking() {
    return request.type() == SnapshotType.BLOCKING;
  }
}
