package dev.lockstep.apply.replay;

import dev.lockstep.apply.commit.Tally;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.pipeline.Polled;
import dev.lockstep.apply.write.Block;
import dev.lockstep.apply.write.TableWriter;
import dev.lockstep.apply.write.TopicEncoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Applies records by blocks until none is left. What fails and passes by itself is tried again from
 * the last block that was written.
 */
final class ReplayJob {
  private static final Duration POLL_LIMIT = Duration.ofMillis(200);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Records records;
  private final TableWriter writer;
  private final ToLongFunction<String> appliedBefore;
  private final int mostRows;
  private final long mostBytes;
  private final Watch watch;
  private final Map<String, TopicEncoder> encoders = new HashMap<>();

  /** Follows a replay, and can end it. */
  interface Watch {
    /** Something became of records. */
    void settled(Tally tally);

    /** It goes on, with about so many offsets left. */
    void running(long left);

    /**
     * It waits, for no longer than this, as something fails that passes by itself.
     *
     * @throws ReplayEndedException when it shall not go on
     */
    void waits(ApplyFault fault, Duration limit);

    /**
     * To be asked often.
     *
     * @throws ReplayEndedException when it shall not go on
     */
    void checkWanted();
  }

  /**
   * Of these records.
   *
   * @param appliedBefore how many rows of a topic the target had before
   * @param mostRows how many rows make a block full
   * @param mostBytes how many bytes do
   */
  ReplayJob(
      Records records,
      TableWriter writer,
      ToLongFunction<String> appliedBefore,
      int mostRows,
      long mostBytes,
      Watch watch) {
    this.records = records;
    this.writer = writer;
    this.appliedBefore = appliedBefore;
    this.mostRows = mostRows;
    this.mostBytes = mostBytes;
    this.watch = watch;
  }

  /**
   * Applies what there is up to the end of the records, as it was looked for last.
   *
   * @throws TableFault when only an operator can help
   * @throws ReplayEndedException when it shall not go on
   */
  void run() {
    Duration pause = FIRST_PAUSE;
    boolean done = false;
    while (!done) {
      try {
        done = step();
        pause = FIRST_PAUSE;
      } catch (TransientFault e) {
        encoders.clear();
        records.goBack();
        watch.waits(e, pause);
        pause = Duration.ofMillis(Math.min(2 * pause.toMillis(), LONGEST_PAUSE.toMillis()));
      } catch (RecordFault e) {
        throw TableFault.bug(e);
      }
    }
  }

  /** Takes one poll; true when nothing is left. */
  private boolean step() {
    watch.checkWanted();
    List<Polled> polled = records.poll(POLL_LIMIT);
    boolean wrote = false;
    for (Polled part : polled) {
      wrote |= take(part);
    }
    long left = records.left();
    if (left == 0 || polled.isEmpty() || wrote) {
      flush();
    }
    watch.running(left);
    return left == 0;
  }

  /** Whether a block was full and is written. */
  private boolean take(Polled part) {
    TopicEncoder encoder =
        encoders.computeIfAbsent(
            part.topic(), topic -> new TopicEncoder(topic, writer, mostRows, mostBytes));
    boolean wrote = false;
    int at = 0;
    while (at < part.records().size()) {
      at = encoder.take(part.records(), at, System.nanoTime());
      if (encoder.isFull()) {
        write(encoder, part.topic());
        wrote = true;
      }
    }
    return wrote;
  }

  private void flush() {
    encoders.forEach((topic, encoder) -> write(encoder, topic));
    records.keep();
  }

  private void write(TopicEncoder encoder, String topic) {
    Block block = encoder.seal();
    if (!block.isEmpty()) {
      writer.write(block, appliedBefore.applyAsLong(topic));
      block.tallies().values().forEach(watch::settled);
    }
  }
}
