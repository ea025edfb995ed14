package dev.lockstep.benchmarks.harness;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one round measured, by name in the order of the report; names end in their unit. The first
 * is the one that subjects are compared by.
 */
public record Figures(Map<String, Double> values) {
  /** Keeps the order. */
  public Figures {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    if (values.isEmpty()) {
      throw new IllegalArgumentException("A round measures something");
    }
  }

  /**
   * Of work on rows.
   *
   * @param rows how many, in that time
   * @param usage the processor time that the process used for them, and its peak of memory so far
   */
  public static Figures throughput(long rows, double seconds, ProcessUsage usage) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("rowsPerSecond", rows / seconds);
    values.put("cpuSecondsPerMillionRows", usage.cpu().toNanos() / 1e9 / rows * 1e6);
    values.put("peakResidentBytes", (double) usage.peakResidentBytes());
    return new Figures(values);
  }

  /** Percentiles of times in nanoseconds, by nearest rank; sorts them. */
  public static Figures latencies(long[] nanos) {
    Arrays.sort(nanos);
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("p99Millis", percentile(nanos, 0.99));
    values.put("p50Millis", percentile(nanos, 0.50));
    values.put("p95Millis", percentile(nanos, 0.95));
    values.put("maxMillis", percentile(nanos, 1));
    return new Figures(values);
  }

  /** These and one more. */
  public Figures with(String name, double value) {
    Map<String, Double> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Figures(more);
  }

  private static double percentile(long[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
  }

  /** The name of the figure that subjects are compared by. */
  String leading() {
    return values.keySet().iterator().next();
  }

  /** The median of each figure over some rounds. */
  static Figures median(List<Figures> rounds) {
    Map<String, Double> medians = new LinkedHashMap<>();
    for (String name : rounds.getFirst().values().keySet()) {
      medians.put(
          name,
          median(
              rounds.stream().mapToDouble(one -> one.values().getOrDefault(name, 0.0)).toArray()));
    }
    return new Figures(medians);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
