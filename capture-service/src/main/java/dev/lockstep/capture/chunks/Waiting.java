package dev.lockstep.capture.chunks;

/** What was read of a table, until the stream has come to where it was read. */
sealed interface Waiting permits Chunk, Definition, Later, Unreadable, Watermark, WholeRows {
  /** What it is of, for the log. */
  String what();

  /** The transactions that the source had executed after reading. */
  String readAt();

  /** How many DDL statements the stream had brought. */
  long ddl();

  /**
   * Whether a DDL came since: the table may be of another structure, or gone, so it is read again.
   */
  default boolean isOutdated(long ddlNow) {
    return ddl() != ddlNow;
  }

  /** Whether it can be handed on. */
  default boolean isDue(StreamPosition stream) {
    return stream.isPast(readAt());
  }
}
