package dev.lockstep.capture.chunks;

import io.debezium.relational.TableId;
import java.time.Duration;

/**
 * The source does not let a table be read just now.
 *
 * @param again when it is asked again, by {@link System#nanoTime}
 */
record Later(TableId table, long again) implements Waiting {
  static Later in(Duration pause, TableId table) {
    return new Later(table, System.nanoTime() + pause.toNanos());
  }

  @Override
  public String what() {
    return table.identifier();
  }

  @Override
  public boolean isDue(StreamPosition stream) {
    return System.nanoTime() - again >= 0;
  }
}
