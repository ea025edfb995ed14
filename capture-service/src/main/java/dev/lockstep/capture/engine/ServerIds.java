package dev.lockstep.capture.engine;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids that engines show to MySQL, where the config gives none. MySQL ends the older of two readers
 * with one id, so each run takes one of its own: neither two connectors nor a run and its successor
 * on another replica ever meet.
 */
public final class ServerIds {
  /** The config's key. */
  public static final String KEY = "database.server.id";

  /** Above what people and their tools give to servers; MySQL's ids are unsigned 32-bit numbers. */
  private static final long LEAST = 1L << 31;

  private static final long MOST = (1L << 32) - 100_000;

  private ServerIds() {}

  /** An id that hardly any other server of the same source has: one of two thousand million. */
  public static long next() {
    return ThreadLocalRandom.current().nextLong(LEAST, MOST);
  }
}
