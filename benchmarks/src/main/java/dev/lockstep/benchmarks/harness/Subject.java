package dev.lockstep.benchmarks.harness;

/** What is measured: Lockstep, or a rival that does the same work. */
public interface Subject {
  /** Its name in the report. */
  String name();

  /** Does the work once, in processes that it starts and ends, and says how it went. */
  Figures measure(int round) throws Exception;
}
