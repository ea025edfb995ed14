package dev.lockstep.benchmarks.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a benchmark found.
 *
 * @param name the benchmark's
 * @param machine where
 * @param versions of what
 * @param settings how
 * @param subjects each one's rounds, in the order of comparison
 */
record Report(
    String name,
    Map<String, String> machine,
    Map<String, String> versions,
    Map<String, String> settings,
    Map<String, List<Figures>> subjects) {
  private static final double MIB = 1024 * 1024;

  /** One round's figures as text. */
  static String line(Figures figures) {
    return figures.values().entrySet().stream()
        .map(figure -> figure(figure.getKey(), figure.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String figure(String name, double value) {
    return switch (name) {
      case "rowsPerSecond" -> String.format(Locale.ROOT, "%,.0f rows/s", value);
      case "cpuSecondsPerMillionRows" ->
          String.format(Locale.ROOT, "%.1f CPU s per million rows", value);
      case "targetCpuSecondsPerMillionRows" ->
          String.format(Locale.ROOT, "%.1f of them in ClickHouse", value);
      case "targetPeakResidentBytes" ->
          String.format(Locale.ROOT, "%.0f MiB of it in ClickHouse", value / MIB);
      case "peakResidentBytes" -> String.format(Locale.ROOT, "%.0f MiB at most", value / MIB);
      case "lookedEachMillis" -> String.format(Locale.ROOT, "looked each %.1f ms", value);
      case "eventBytes" -> String.format(Locale.ROOT, "%.0f bytes an event", value);
      default -> String.format(Locale.ROOT, "%s %.1f", name.replace("Millis", " (ms)"), value);
    };
  }

  /**
   * The first subject's leading median over the second's; empty when there is nothing to compare.
   */
  OptionalDouble ratio() {
    if (subjects.size() < 2) {
      return OptionalDouble.empty();
    }
    List<Double> leading =
        subjects.values().stream()
            .map(Figures::median)
            .map(median -> median.values().values().iterator().next())
            .toList();
    return OptionalDouble.of(leading.get(0) / leading.get(1));
  }

  private String leading() {
    return subjects.values().iterator().next().getFirst().leading();
  }

  void print(PrintStream out) {
    out.println();
    out.println(name + ", " + settings);
    out.println("machine: " + machine);
    out.println("versions: " + versions);
    subjects.forEach(
        (subject, rounds) ->
            out.printf(
                "%-12s medians of %d: %s%n", subject, rounds.size(), line(Figures.median(rounds))));
    ratio()
        .ifPresent(
            ratio ->
                out.printf(
                    Locale.ROOT,
                    "ratio of %s, %s: %.2f%n",
                    leading(),
                    subjects.keySet().stream().limit(2).collect(Collectors.joining(" to ")),
                    ratio));
  }

  /** As JSON: {@code name}, {@code rounds}, {@code subjects}, {@code ratio} and how it came. */
  void write(Path file) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("rounds", subjects.values().iterator().next().size());
    json.put("subjects", subjectsAsJson());
    ratio().ifPresent(ratio -> json.put("ratio", ratio));
    json.put("ratioOf", leading());
    json.put("settings", settings);
    json.put("machine", machine);
    json.put("versions", versions);
    Files.write(
        file,
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsBytes(json));
  }

  private List<Object> subjectsAsJson() {
    List<Object> all = new ArrayList<>();
    subjects.forEach(
        (subject, rounds) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("name", subject);
          one.put("median", Figures.median(rounds).values());
          one.put("rounds", rounds.stream().map(Figures::values).toList());
          all.add(one);
        });
    return all;
  }
}
