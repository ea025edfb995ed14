package dev.lockstep.capture.preflight;

import dev.lockstep.capture.source.SourceKind;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds keys that nothing reads: Debezium ignores them in silence. */
final class KeyCheck {
  private static final String SALT = ".with.sal";

  private KeyCheck() {}

  static void check(Map<String, String> config, Findings findings) {
    for (String key : new TreeSet<>(config.keySet())) {
      if (!KnownKeys.contains(key, config)) {
        unknown(key, config, findings);
      }
    }
  }

  private static void unknown(String key, Map<String, String> config, Findings findings) {
    Optional<String> list = KnownKeys.aliasListOf(key);
    Optional<String> meant = KnownKeys.meantBy(key, config);
    String shown = withoutSalt(key);
    String problem = "Unknown config key `" + shown + "`";
    if (meant.isPresent()) {
      problem += "; did you mean `" + meant.get() + "`?";
      findings.error(shown, problem, "Rename it to `" + meant.get() + "`, or remove it.");
    } else if (list.isPresent()) {
      problem += ": `" + list.get() + "` does not name its alias.";
      findings.error(shown, problem, "Add the alias to `" + list.get() + "`, or remove the key.");
    } else {
      findings.error(
          shown,
          problem + ".",
          "Remove it; Debezium's documentation of the "
              + SourceKind.ofChecked(config).title()
              + " connector lists the keys.");
    }
  }

  /** The salt of a column hash is a part of its key, and a secret. */
  private static String withoutSalt(String key) {
    int salt = key.indexOf(SALT);
    return salt < 0 ? key : key.substring(0, salt) + ".with.salt.…";
  }
}
