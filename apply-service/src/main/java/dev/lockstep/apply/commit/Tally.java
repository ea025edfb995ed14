package dev.lockstep.apply.commit;

/** Counts one partition's records on from where they stood. */
public final class Tally {
  private long nextOffset;
  private long recordsRead;
  private long rowsApplied;
  private long quarantined;
  private long dropped;
  private long lastVersion;
  private long lastSourceMicros;
  private long lastAppliedMillis;
  private final long resetMark;
  private boolean rowsWait;

  /** On from this. */
  public Tally(Progress progress) {
    nextOffset = progress.nextOffset();
    recordsRead = progress.recordsRead();
    rowsApplied = progress.rowsApplied();
    quarantined = progress.quarantined();
    dropped = progress.dropped();
    lastVersion = progress.lastVersion();
    lastSourceMicros = progress.lastSourceMicros();
    lastAppliedMillis = progress.lastAppliedMillis();
    resetMark = progress.resetMark();
  }

  /** A record became a row. */
  public void row(long offset, long version, long sourceMicros) {
    read(offset);
    rowsApplied++;
    lastVersion = version;
    lastSourceMicros = sourceMicros == 0 ? lastSourceMicros : sourceMicros;
    rowsWait = true;
  }

  /** A record goes to the dead letters. */
  public void quarantine(long offset) {
    read(offset);
    quarantined++;
  }

  /** A record changes nothing. */
  public void drop(long offset) {
    read(offset);
    dropped++;
  }

  private void read(long offset) {
    recordsRead++;
    nextOffset = offset + 1;
  }

  /** What it stands at once all counted rows are in the target. */
  public Progress settle(long nowMillis) {
    if (rowsWait) {
      lastAppliedMillis = nowMillis;
      rowsWait = false;
    }
    return new Progress(
        nextOffset,
        recordsRead,
        rowsApplied,
        quarantined,
        dropped,
        lastVersion,
        lastSourceMicros,
        lastAppliedMillis,
        resetMark);
  }
}
