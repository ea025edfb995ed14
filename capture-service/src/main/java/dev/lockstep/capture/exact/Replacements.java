package dev.lockstep.capture.exact;

import com.github.shyiko.mysql.binlog.event.deserialization.QueryEventDataDeserializer;
import com.mysql.cj.protocol.a.NativeUtils;
import io.debezium.connector.binlog.event.RowDeserializers;
import io.debezium.connector.mysql.jdbc.MySqlFieldReaderResolver;
import io.debezium.connector.mysql.jdbc.MySqlValueConverters;
import java.util.List;

/** The classes that stand in for Debezium's, and for one of Connector/J's. */
public final class Replacements {
  static final List<Class<?>> CLASSES =
      List.of(
          RowDeserializers.class,
          QueryEventDataDeserializer.class,
          MySqlFieldReaderResolver.class,
          MySqlValueConverters.class,
          NativeUtils.class);

  private Replacements() {}

  /**
   * Makes sure that they are loaded, for Debezium's own would alter values unseen.
   *
   * @throws IllegalStateException when one that is loaded is Debezium's
   */
  public static void verify() {
    CLASSES.forEach(Replacements::verify);
  }

  static void verify(Class<?> type) {
    if (!type.isAnnotationPresent(ReplacesDebezium.class)) {
      throw new IllegalStateException(
          type.getName()
              + " is loaded from "
              + type.getProtectionDomain().getCodeSource()
              + ", which is Debezium's own: it would alter dates and other values. Start"
              + " capture-service from its own jar, or put its classes before its libraries on the"
              + " class path.");
    }
  }
}
