package dev.lockstep.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process has used, as Linux accounts for it (proc(5)).
 *
 * @param cpu processor time of all its threads, in user and system mode
 * @param peakResidentBytes the most memory that was ever resident ({@code VmHWM})
 */
public record ProcessUsage(Duration cpu, long peakResidentBytes) {
  /** The kernel's clock ticks in /proc are hundredths of a second on every platform (USER_HZ). */
  private static final long MILLIS_PER_TICK = 10;

  /** From its begin until now. */
  public static ProcessUsage of(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // the second field is the command in parentheses, which may itself hold anything
    String[] fromState = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fromState[11]) + Long.parseLong(fromState[12]);
    return new ProcessUsage(Duration.ofMillis(ticks * MILLIS_PER_TICK), peak(pid));
  }

  private static long peak(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow(() -> new IOException("/proc/" + pid + "/status has no VmHWM"));
  }

  /** The time used since an earlier look, and the peak until now. */
  public ProcessUsage since(ProcessUsage earlier) {
    return new ProcessUsage(cpu.minus(earlier.cpu), peakResidentBytes);
  }

  /** Both together. */
  public ProcessUsage plus(ProcessUsage other) {
    return new ProcessUsage(cpu.plus(other.cpu), peakResidentBytes + other.peakResidentBytes);
  }
}
