package dev.lockstep.apply.commit;

/** What became of some records of one partition, in the order of their offsets. */
public final class Tally {
  private long nextOffset = -1;
  private long rows;
  private long superseded;
  private long quarantined;
  private long dropped;
  private long lastVersion;
  private long lastSourceMicros;

  /** A record became a row. */
  public void row(long offset, long version, long sourceMicros) {
    nextOffset = offset + 1;
    rows++;
    lastVersion = version;
    lastSourceMicros = sourceMicros == 0 ? lastSourceMicros : sourceMicros;
  }

  /** A row that was counted gives way to a newer one of its key and is not inserted. */
  public void supersede() {
    superseded++;
  }

  /** A record goes to the dead letters. */
  public void quarantine(long offset) {
    nextOffset = offset + 1;
    quarantined++;
  }

  /** A record that was counted as a row goes to the dead letters, as the target refuses it. */
  public void quarantineRow() {
    rows--;
    quarantined++;
  }

  /** A record changes nothing. */
  public void drop(long offset) {
    nextOffset = offset + 1;
    dropped++;
  }

  /** How many rows are inserted. */
  public long applied() {
    return rows - superseded;
  }

  /** How many rows gave way to a newer one of their key. */
  public long superseded() {
    return superseded;
  }

  /** How many records change nothing. */
  public long dropped() {
    return dropped;
  }

  /** How many records have gone to the dead letters. */
  public long quarantined() {
    return quarantined;
  }

  /** How many records something became of. */
  public long records() {
    return rows + quarantined + dropped;
  }

  /** The progress with these records on top, whose rows are in the target since this moment. */
  public Progress onto(Progress before, long nowMillis) {
    return new Progress(
        nextOffset < 0 ? before.nextOffset() : nextOffset,
        before.recordsRead() + records(),
        before.rowsApplied() + applied(),
        before.superseded() + superseded,
        before.quarantined() + quarantined,
        before.dropped() + dropped,
        lastVersion == 0 ? before.lastVersion() : lastVersion,
        lastSourceMicros == 0 ? before.lastSourceMicros() : lastSourceMicros,
        rows == 0 ? before.lastAppliedMillis() : nowMillis,
        before.resetMark());
  }
}
