package dev.lockstep.capture.exact;

import com.github.shyiko.mysql.binlog.event.deserialization.EventHeaderV4Deserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.QueryEventDataDeserializer;
import com.mysql.cj.protocol.a.NativeUtils;
import io.debezium.connector.base.DefaultQueueProvider;
import io.debezium.connector.binlog.BinlogEventMetadataProvider;
import io.debezium.connector.binlog.event.RowDeserializers;
import io.debezium.connector.mariadb.MariaDbChangeEventSourceFactory;
import io.debezium.connector.mariadb.MariaDbDatabaseSchema;
import io.debezium.connector.mariadb.gtid.MariaDbGtidSetFactory;
import io.debezium.connector.mariadb.jdbc.MariaDbConnection;
import io.debezium.connector.mariadb.jdbc.MariaDbConnectionConfiguration;
import io.debezium.connector.mariadb.jdbc.MariaDbFieldReader;
import io.debezium.connector.mariadb.jdbc.MariaDbValueConverters;
import io.debezium.connector.mysql.MySqlChangeEventSourceFactory;
import io.debezium.connector.mysql.MySqlDatabaseSchema;
import io.debezium.connector.mysql.jdbc.MySqlFieldReaderResolver;
import io.debezium.connector.mysql.jdbc.MySqlValueConverters;
import io.debezium.embedded.async.ParallelSmtAndConvertBatchProcessor;
import io.debezium.util.ApproximateStructSizeCalculator;
import java.util.List;

/** The classes that stand in for Debezium's, its binlog client's and Connector/J's. */
public final class Replacements {
  static final List<Class<?>> CLASSES =
      List.of(
          RowDeserializers.class,
          QueryEventDataDeserializer.class,
          EventHeaderV4Deserializer.class,
          MySqlDatabaseSchema.class,
          MySqlChangeEventSourceFactory.class,
          MySqlFieldReaderResolver.class,
          MySqlValueConverters.class,
          MariaDbChangeEventSourceFactory.class,
          MariaDbDatabaseSchema.class,
          MariaDbGtidSetFactory.class,
          MariaDbConnection.class,
          MariaDbConnectionConfiguration.class,
          MariaDbFieldReader.class,
          MariaDbValueConverters.class,
          DefaultQueueProvider.class,
          NativeUtils.class,
          BinlogEventMetadataProvider.class,
          ApproximateStructSizeCalculator.class,
          ParallelSmtAndConvertBatchProcessor.class);

  private Replacements() {}

  /**
   * Makes sure that they are loaded, for the libraries' own would alter values unseen.
   *
   * @throws IllegalStateException when one that is loaded is the library's
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
              + ", which is the library's own: it would alter or lose values. Start"
              + " capture-service from its own jar, or put its classes before its libraries on the"
              + " class path.");
    }
  }
}
