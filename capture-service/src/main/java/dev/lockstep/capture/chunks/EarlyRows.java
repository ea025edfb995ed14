package dev.lockstep.capture.chunks;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the rows of a table that were handed on before the stream came to where they
 * were read. A DDL that lies between means that they may be of another form than they were handed
 * on in.
 */
final class EarlyRows {
  private @Nullable Chunk first;
  private @Nullable Chunk last;

  void add(Chunk chunk) {
    if (chunk.isEarly()) {
      first = first == null ? chunk : first;
      last = chunk;
    }
  }

  void clear() {
    first = null;
    last = null;
  }

  /** Whether the stream has come to where they were read. */
  boolean areSettled(StreamPosition stream) {
    return last == null || stream.isPast(last.readAt());
  }

  boolean areOutdated(long ddlNow) {
    return first != null && first.isOutdated(ddlNow);
  }
}
