package dev.lockstep.benchmarks.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets subjects take turns on the same work, each round in the other order, so that what changes on
 * the machine meanwhile meets both.
 */
public final class Rounds {
  private final String name;
  private final Options options;
  private final Map<String, String> versions;
  private final PrintStream out;

  /**
   * Prepares a run.
   *
   * @param name the benchmark's
   * @param options with {@code --rounds}
   * @param versions of what is measured and of its servers, for the report
   * @param out where progress and the report go
   */
  public Rounds(String name, Options options, Map<String, String> versions, PrintStream out) {
    this.name = name;
    this.options = options;
    this.versions = new LinkedHashMap<>(versions);
    this.out = out;
  }

  /**
   * Runs all rounds, then reports: the first subject is compared to the second, if there is one.
   */
  public void run(List<Subject> subjects) throws Exception {
    int rounds = options.number("rounds");
    Map<String, String> machine = Machine.describe();
    Map<String, List<Figures>> measured = new LinkedHashMap<>();
    subjects.forEach(subject -> measured.put(subject.name(), new ArrayList<>()));
    for (int round = 1; round <= rounds; round++) {
      for (Subject subject : round % 2 == 1 ? subjects : subjects.reversed()) {
        Figures figures = subject.measure(round);
        out.printf("round %d of %d, %s: %s%n", round, rounds, subject.name(), Report.line(figures));
        measured.computeIfAbsent(subject.name(), _ -> new ArrayList<>()).add(figures);
      }
    }
    report(new Report(name, machine, versions, options.settings(), measured));
  }

  private void report(Report report) throws IOException {
    report.print(out);
    if (options.json().isPresent()) {
      report.write(options.json().get());
    }
  }
}
