package dev.lockstep.benchmarks.apply;

import dev.lockstep.benchmarks.subjects.TargetServer;

/** A way from the backlog's topic into {@code bench.orders} of a target, with one consumer. */
interface Filler {
  /** Its name in reports. */
  String name();

  /**
   * Begins.
   *
   * @param target an empty one
   * @param group the consumer group, which has read nothing yet
   */
  Filling start(TargetServer target, String group);
}
