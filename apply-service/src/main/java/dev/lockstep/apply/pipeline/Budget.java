package dev.lockstep.apply.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all records and rows on their way may take together. For any thread. */
public final class Budget {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  /** With this limit in bytes; one poll of each consumer may go beyond it. */
  public Budget(long limit) {
    this.limit = limit;
  }

  /** What may be used, in bytes. */
  public long limit() {
    return limit;
  }

  /** So many more bytes are used, or fewer when it is negative. */
  void use(long bytes) {
    used.addAndGet(bytes);
  }

  /** What is used now, in bytes. */
  public long used() {
    return used.get();
  }

  boolean hasRoom() {
    return used.get() < limit;
  }
}
