package dev.lockstep.common.preflight;

import java.util.List;

/**
 * What a preflight found.
 *
 * @param findings every finding, errors and warnings; empty when all is well
 * @param definitions the keys that a config can have, where they were asked for; else empty
 */
public record PreflightReport(List<Finding> findings, List<ConfigDefinition> definitions) {
  /** Copies the lists; definitions that are left out are empty. */
  public PreflightReport {
    findings = List.copyOf(findings);
    definitions = definitions == null ? List.of() : List.copyOf(definitions);
  }

  /** Findings alone. */
  public PreflightReport(List<Finding> findings) {
    this(findings, List.of());
  }

  /** Whether no finding is an error. */
  public boolean passed() {
    return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
  }

  /** How much a finding weighs. */
  public enum Severity {
    /** The connector would not work: it is refused. */
    ERROR,
    /** The connector works, with a limit that the operator should know. */
    WARNING
  }

  /**
   * One thing that was found.
   *
   * @param severity how much it weighs
   * @param key the config key it is about, such as {@code database.password}
   * @param problem what is wrong, in a sentence; never holds a secret
   * @param remedy the way out, in a sentence, such as the GRANT statement to run
   */
  public record Finding(Severity severity, String key, String problem, String remedy) {}
}
