package dev.lockstep.capture.credentials;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A config with its placeholders resolved.
 *
 * @param config the config, with values in clear: never log it, never return it. What could not be
 *     resolved is as it was
 * @param unresolved what could not be resolved; empty when all is well
 * @param redaction takes the values out of texts that are logged or returned
 */
public record Resolution(
    Map<String, String> config, List<Unresolved> unresolved, Redaction redaction) {
  /** Copies map and list. */
  public Resolution {
    config = Map.copyOf(config);
    unresolved = List.copyOf(unresolved);
  }

  /**
   * A placeholder without a value.
   *
   * @param key the config's key
   * @param problem what is wrong, in a sentence
   * @param remedy the way out, in a sentence
   */
  public record Unresolved(String key, String problem, String remedy) {}

  /**
   * The config, when all of it could be resolved.
   *
   * @throws CredentialsException when it could not, with everything that is missing
   */
  public Map<String, String> complete() {
    if (unresolved.isEmpty()) {
      return config;
    }
    throw new CredentialsException(
        unresolved.stream()
            .map(item -> item.key() + ": " + item.problem() + " " + item.remedy())
            .collect(Collectors.joining(" ")));
  }

  /** Without the config, which holds secrets. */
  @Override
  public String toString() {
    return "Resolution[unresolved=" + unresolved + "]";
  }
}
