package dev.lockstep.capture.credentials;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Where connector configs may take values from: the properties {@code
 * lockstep.capture.credentials.*}. A component that is not set takes its default.
 *
 * @param allowedPaths absolute paths of files and folders that {@code ${file:…}} and {@code
 *     ${dir:…}} may read, with what is under them; every path by default
 * @param environment a regular expression for the names of the environment variables that {@code
 *     ${env:…}} may read; every one by default
 */
public record CredentialsSettings(List<String> allowedPaths, String environment) {
  /** Nothing set. */
  public static final CredentialsSettings DEFAULT = new CredentialsSettings(List.of(), ".*");

  /**
   * Fills in the defaults for what the binder passes as null.
   *
   * @throws IllegalArgumentException when the expression is none
   */
  public CredentialsSettings {
    allowedPaths = allowedPaths == null ? List.of() : List.copyOf(allowedPaths);
    environment = environment == null ? ".*" : environment;
    try {
      Pattern _ = Pattern.compile(environment);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "lockstep.capture.credentials.environment must be a regular expression: "
              + e.getDescription(),
          e);
    }
  }
}
