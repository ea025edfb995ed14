package dev.lockstep.stack.junit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The one helper of all modules' tests that waits. */
public final class Eventually {
  private static final Duration POLL = Duration.ofMillis(25);

  private Eventually() {}

  /**
   * Looks again and again until what is seen is as expected, and returns it.
   *
   * @param what what is waited for, as the failure names it
   * @param limit how long
   * @param look what to look at; an exception counts as something seen that is not as expected
   * @throws AssertionError when the limit passes, with what was waited for and what was seen last
   */
  public static <T> T eventuallySees(
      String what, Duration limit, Callable<T> look, Predicate<? super T> asExpected) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Seen<T> seen = look(look);
      if (seen.value() != null && asExpected.test(seen.value())) {
        return seen.value();
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "Waited %d ms for %s; saw last: %s".formatted(limit.toMillis(), what, seen.shown()),
            seen.failure());
      }
      pause(what);
    }
  }

  /** Looks until what is seen equals the expected value. */
  public static <T> T eventually(String what, Duration limit, Callable<T> look, T expected) {
    String whole = "%s to be %s".formatted(what, expected);
    return eventuallySees(whole, limit, look, seen -> seen.equals(expected));
  }

  /** Looks until a condition holds. */
  public static void eventually(String what, Duration limit, Callable<Boolean> condition) {
    eventuallySees(what, limit, condition, holds -> holds);
  }

  private record Seen<T>(@Nullable T value, @Nullable Exception failure) {
    String shown() {
      return failure == null ? String.valueOf(value) : failure.toString();
    }
  }

  private static <T> Seen<T> look(Callable<T> look) {
    try {
      return new Seen<>(look.call(), null);
    } catch (Exception e) {
      return new Seen<>(null, e);
    }
  }

  private static void pause(String what) {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for " + what, e);
    }
  }
}
