package dev.lockstep.admin.secrets;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Hides the secrets of a connector's config and puts them back where an operator returned the mask.
 */
public final class Secrets {
  /** What stands in place of a secret. */
  public static final String MASK = "********";

  private static final Pattern SECRET_KEY =
      Pattern.compile(
          "passw(or)?d|passphrase|secret|token|credential|jaas|user\\.info|keystore\\.key$"
              + "|(private|api|access)[._-]?key",
          Pattern.CASE_INSENSITIVE);

  /** A URL that carries a password, as in {@code mysql://user:password@host}. */
  private static final Pattern URL_WITH_PASSWORD = Pattern.compile("://[^/@\\s]*:[^@\\s]+@");

  /** What capture-service replaces by a value of its environment or files: no secret by itself. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file|dir):[^}]*}");

  private Secrets() {}

  /** The config with every secret masked, in the order of its keys. */
  public static Map<String, String> mask(Map<String, String> config) {
    Map<String, String> masked = new TreeMap<>(config);
    masked.replaceAll((key, value) -> isSecret(key, value) ? MASK : value);
    return masked;
  }

  /** The config with every masked value replaced by what is stored under the same key, if any. */
  public static Map<String, String> restore(
      Map<String, String> config, Map<String, String> stored) {
    Map<String, String> restored = new LinkedHashMap<>(config);
    restored.replaceAll(
        (key, value) -> value.equals(MASK) ? stored.getOrDefault(key, MASK) : value);
    return restored;
  }

  static boolean isSecret(String key, String value) {
    String clear = PLACEHOLDER.matcher(value).replaceAll("");
    return !clear.isEmpty()
        && (SECRET_KEY.matcher(key).find() || URL_WITH_PASSWORD.matcher(clear).find());
  }
}
