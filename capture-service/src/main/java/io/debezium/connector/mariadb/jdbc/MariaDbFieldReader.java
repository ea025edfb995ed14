package io.debezium.connector.mariadb.jdbc;

import dev.lockstep.capture.exact.ExactFieldReader;
import dev.lockstep.capture.exact.MariaDbValues;
import dev.lockstep.capture.exact.ReplacesDebezium;
import io.debezium.connector.mariadb.MariaDbConnectorConfig;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Reads the values of Debezium's snapshots as MariaDB sends them. */
@NullMarked
@ReplacesDebezium
public class MariaDbFieldReader extends ExactFieldReader {
  /** As Debezium's connector task calls it. */
  public MariaDbFieldReader(MariaDbConnectorConfig config) {
    super(config);
  }

  @Override
  public @Nullable Object readField(ResultSet rows, int index, Column column, Table table)
      throws SQLException {
    return MariaDbValues.isOwnType(column.typeName())
        ? rows.getString(index)
        : super.readField(rows, index, column, table);
  }
}
