package io.debezium.connector.mysql.jdbc;

import dev.lockstep.capture.exact.ExactValueConverters;
import dev.lockstep.capture.exact.ReplacesDebezium;
import io.debezium.config.CommonConnectorConfig.BinaryHandlingMode;
import io.debezium.config.CommonConnectorConfig.EventConvertingFailureHandlingMode;
import io.debezium.jdbc.TemporalPrecisionMode;
import io.debezium.service.spi.ServiceRegistry;
import java.time.temporal.TemporalAdjuster;
import org.jspecify.annotations.NullMarked;

/** Debezium's conversions for MySQL, without what alters values. */
@NullMarked
@ReplacesDebezium
public class MySqlValueConverters extends ExactValueConverters {
  /** As Debezium's connector task calls it. */
  public MySqlValueConverters(
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
}
