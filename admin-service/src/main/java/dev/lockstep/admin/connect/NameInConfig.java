package dev.lockstep.admin.connect;

import dev.lockstep.admin.problems.ProblemException;
import dev.lockstep.admin.problems.ProblemType;
import java.util.Map;

/** A config may repeat the connector's name, and must not tell another one. */
final class NameInConfig {
  private NameInConfig() {}

  static void requireSame(String name, Map<String, String> config) {
    String inConfig = config.get("name");
    if (inConfig != null && !inConfig.equals(name)) {
      throw new ProblemException(
          ProblemType.INVALID_CONFIG,
          "Connector name configuration ("
              + inConfig
              + ") doesn't match connector name in the URL ("
              + name
              + ")");
    }
  }
}
