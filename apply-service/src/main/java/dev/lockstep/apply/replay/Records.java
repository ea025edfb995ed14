package dev.lockstep.apply.replay;

import dev.lockstep.apply.pipeline.Polled;
import java.time.Duration;
import java.util.List;

/** The records of a replay, in the order of their offsets. For one thread. */
interface Records extends AutoCloseable {
  /** The next of them; none when there is none yet. What is there may be read again. */
  List<Polled> poll(Duration limit);

  /** All that was polled is applied. */
  void keep();

  /** The next poll begins with the first record that is not applied. */
  void goBack();

  /** About how many offsets are left to the end that was looked for last. */
  long left();

  /** Looks for the end anew: records that were published meanwhile are wanted too. */
  void extend();

  @Override
  void close();
}
