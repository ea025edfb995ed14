package dev.lockstep.capture.charsets;

import com.mysql.cj.protocol.Resultset;
import com.mysql.cj.result.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes text of the bytes in a result set, as {@link RowTexts} does of those in row events. The
 * server must send them as they are stored ({@code character_set_results} NULL): what it converts
 * has lost the bytes that stand for no character.
 */
public final class JdbcTexts {
  private JdbcTexts() {}

  /**
   * A value of the current row: a text is decoded by the character set that the result set names,
   * any other value is the driver's own object.
   *
   * @param index the column's, from 1
   */
  public static @Nullable Object read(ResultSet rows, int index) throws SQLException {
    // Debezium wraps the driver's result set.
    TextDecoder decoder = decoder(rows.unwrap(Resultset.class), index);
    if (decoder == null) {
      return rows.getObject(index);
    }
    byte[] bytes = rows.getBytes(index);
    return bytes == null ? null : decoder.read(bytes);
  }

  private static @Nullable TextDecoder decoder(Resultset rows, int index) {
    Field field = rows.getColumnDefinition().getFields()[index - 1];
    return switch (field.getMysqlType()) {
      case CHAR, VARCHAR, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT, ENUM, SET ->
          Collations.decoder(field.getCollationIndex());
      default -> null;
    };
  }
}
