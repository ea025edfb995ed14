package io.debezium.connector.mariadb.jdbc;

import dev.lockstep.capture.exact.ExactValueConverters;
import dev.lockstep.capture.exact.MariaDbValues;
import dev.lockstep.capture.exact.ReplacesDebezium;
import io.debezium.config.CommonConnectorConfig.BinaryHandlingMode;
import io.debezium.config.CommonConnectorConfig.EventConvertingFailureHandlingMode;
import io.debezium.jdbc.TemporalPrecisionMode;
import io.debezium.relational.Column;
import io.debezium.relational.ValueConverter;
import io.debezium.service.spi.ServiceRegistry;
import java.time.temporal.TemporalAdjuster;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Debezium's conversions for MariaDB, without what alters values. */
@NullMarked
@ReplacesDebezium
public class MariaDbValueConverters extends ExactValueConverters {
  /** As Debezium's connector task calls it. */
  public MariaDbValueConverters(
      DecimalMode decimalMode,
      TemporalPrecisionMode temporalPrecisionMode,
      BigIntUnsignedMode bigIntUnsignedMode,
      BinaryHandlingMode binaryMode,
      TemporalAdjuster adjuster,
      EventConvertingFailureHandlingMode eventConvertingFailureHandlingMode,
      ServiceRegistry serviceRegistry) {
    super(
        decimalMode,
        temporalPrecisionMode,
        bigIntUnsignedMode,
        binaryMode,
        adjuster,
        eventConvertingFailureHandlingMode,
        serviceRegistry);
  }

  /**
   * The types that MariaDB alone has are texts; Debezium leaves out columns that it can't convert.
   */
  @Override
  public @Nullable SchemaBuilder schemaBuilder(Column column) {
    return MariaDbValues.isOwnType(column.typeName())
        ? SchemaBuilder.string()
        : super.schemaBuilder(column);
  }

  @Override
  public @Nullable ValueConverter converter(Column column, Field field) {
    String type = column.typeName();
    return MariaDbValues.isOwnType(type)
        ? value -> MariaDbValues.text(type, value)
        : super.converter(column, field);
  }
}
