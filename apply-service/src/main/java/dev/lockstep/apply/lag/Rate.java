package dev.lockstep.apply.lag;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** How fast a count has grown over the last ten seconds. For one thread. */
final class Rate {
  private static final long WINDOW_MILLIS = Duration.ofSeconds(10).toMillis();

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long millis, long count) {}

  /** Takes the count of now; gives the growth per second, or null while it is the only one. */
  @Nullable Double at(long millis, long count) {
    samples.addLast(new Sample(millis, count));
    while (samples.size() > 2 && millis - samples.getFirst().millis() > WINDOW_MILLIS) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    long passed = millis - first.millis();
    return passed <= 0 ? null : Math.max(0, count - first.count()) * 1_000.0 / passed;
  }
}
