package dev.lockstep.capture.chunks;

/** What was read of a table, until the stream has come to where it was read. */
sealed interface Waiting permits Chunk, Definition, Later, Unreadable, Watermark, WholeRows {
  /** What it is of, for the log. */
  String what();

  /**
   * Whether it holds no more, and is to be read again.
   *
   * @param ddlNow how many DDL statements the stream has brought
   */
  default boolean isOutdated(long ddlNow) {
    return false;
  }

  /** Whether it can be handed on. */
  boolean isDue(StreamPosition stream);
}
