package dev.lockstep.capture.preflight;

import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Collects findings in their order; the source's are added on a thread of their own. */
final class Findings {
  private final Queue<Finding> found = new ConcurrentLinkedQueue<>();

  void error(String key, String problem, String remedy) {
    found.add(new Finding(Severity.ERROR, key, problem, remedy));
  }

  void warning(String key, String problem, String remedy) {
    found.add(new Finding(Severity.WARNING, key, problem, remedy));
  }

  boolean anyError() {
    return anyError(key -> true);
  }

  boolean anyError(Predicate<String> key) {
    return found.stream().anyMatch(f -> f.severity() == Severity.ERROR && key.test(f.key()));
  }

  Stream<Finding> stream() {
    return found.stream();
  }
}
