package dev.lockstep.apply.meters;

/** What is measured of a topic at intervals; NaN while it is not known. For any thread. */
public interface Figures {
  /** How many records wait. */
  double lagRecords(String topic);

  /** How long the oldest of them has waited, in seconds; 0 when none waits. */
  double lagSeconds(String topic);

  /** The most active parts that a partition of the target table has. */
  double parts(String topic);
}
