package dev.lockstep.capture.exact;

import io.debezium.connector.binlog.jdbc.BinlogDefaultValueConverter;
import io.debezium.connector.binlog.jdbc.BinlogValueConverters;
import io.debezium.relational.Column;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Debezium's reading of columns' defaults, which knows the form that servers show them in and not
 * all that may be written in DDL, such as {@code TIME DEFAULT 0}. A default that it can't read is
 * none: no value depends on it, and the connector must not stop for it.
 */
public final class ReadableDefaults extends BinlogDefaultValueConverter {
  private static final Logger log = LoggerFactory.getLogger(ReadableDefaults.class);

  /** Of columns whose values go through these. */
  public ReadableDefaults(BinlogValueConverters converters) {
    super(converters);
  }

  @Override
  public Optional<Object> parseDefaultValue(Column column, String expression) {
    try {
      return super.parseDefaultValue(column, expression);
    } catch (RuntimeException e) {
      log.atDebug()
          .addKeyValue("column", column.name())
          .addKeyValue("type", column.typeName())
          .addKeyValue("default", expression)
          .setCause(e)
          .log("Left out a default that can't be read");
      return Optional.empty();
    }
  }
}
