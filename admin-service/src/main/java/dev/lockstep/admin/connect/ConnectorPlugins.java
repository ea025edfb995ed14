package dev.lockstep.admin.connect;

import dev.lockstep.admin.problems.ProblemException;
import dev.lockstep.admin.problems.ProblemType;
import java.util.List;

/**
 * The connector classes that capture-service runs. Kafka Connect lets a plugin be named by its
 * class, by the class's simple name, and by that without {@code Connector} at its end.
 */
final class ConnectorPlugins {
  private static final String SUFFIX = "Connector";
  private static final List<String> CLASSES =
      List.of(
          "io.debezium.connector.mysql.MySqlConnector",
          "io.debezium.connector.mariadb.MariaDbConnector");

  private ConnectorPlugins() {}

  /** Refuses a name that is no plugin's. */
  static void requireKnown(String plugin) {
    if (CLASSES.stream().noneMatch(known -> isNameOf(known, plugin))) {
      throw new ProblemException(
          ProblemType.PLUGIN_NOT_FOUND,
          "Unknown plugin " + plugin + ". There are: " + String.join(", ", CLASSES) + ".");
    }
  }

  private static boolean isNameOf(String connectorClass, String plugin) {
    String simple = connectorClass.substring(connectorClass.lastIndexOf('.') + 1);
    return plugin.equals(connectorClass)
        || plugin.equals(simple)
        || plugin.equals(withoutSuffix(simple));
  }

  /** Refuses a config that is for another plugin. */
  static void requireSame(String plugin, String connectorClass) {
    if (!withoutSuffix(connectorClass).endsWith(withoutSuffix(plugin))) {
      throw new ProblemException(
          ProblemType.INVALID_CONFIG,
          "Included connector type " + connectorClass + " does not match request type " + plugin);
    }
  }

  private static String withoutSuffix(String plugin) {
    return plugin.endsWith(SUFFIX) && plugin.length() > SUFFIX.length()
        ? plugin.substring(0, plugin.length() - SUFFIX.length())
        : plugin;
  }
}
