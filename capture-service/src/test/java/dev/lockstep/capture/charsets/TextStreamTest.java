package dev.lockstep.capture.charsets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.RowStream;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("types")
@ExtendWith(Servers.class)
class TextStreamTest {
  private static final String TEXT = "aé\u0081ÿœ€Жאγ¥\\~‾‖～漢字한글ไทย𝄞z";

  @Test
  void textOfEveryCharsetIsTheServersOwnInTheStream(MySqlServer mysql) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE text_stream");
      statement.execute("USE text_stream");
      try (RowStream stream = new RowStream(mysql, "text_stream", TextConverter.class)) {
        List<String> columns = create(statement);
        Struct row = stream.inserted("t", 1).getFirst();
        assertThat(streamed(row)).isEqualTo(expected(statement, columns));
      }
    }
  }

  /** A table with columns of every charset and one row, and the names of its columns. */
  private static List<String> create(Statement statement) throws SQLException {
    Map<String, String> columns = new TreeMap<>();
    try (ResultSet rows = statement.executeQuery("SHOW CHARACTER SET WHERE Charset <> 'binary'")) {
      while (rows.next()) {
        String charset = rows.getString(1);
        columns.put(charset + "_char", "CHAR(40) CHARACTER SET " + charset);
        columns.put(charset + "_varchar", "VARCHAR(40) CHARACTER SET " + charset);
        columns.put(charset + "_text", "TEXT CHARACTER SET " + charset);
      }
    }
    statement.execute("CREATE TABLE t (" + join(columns, column -> column.replace('=', ' ')) + ")");
    statement.execute("SET sql_mode = '', @text = '" + TEXT.replace("\\", "\\\\") + "'");
    statement.execute("INSERT INTO t VALUES (" + join(columns, _ -> "@text") + ")");
    return List.copyOf(columns.keySet());
  }

  private static String join(Map<String, String> columns, UnaryOperator<String> part) {
    return columns.entrySet().stream()
        .map(Object::toString)
        .map(part)
        .collect(Collectors.joining(", "));
  }

  private static Map<String, String> streamed(Struct row) {
    Map<String, String> texts = new TreeMap<>();
    for (Field field : row.schema().fields()) {
      assertThat(field.schema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
      texts.put(field.name(), row.getString(field.name()));
    }
    return texts;
  }

  private static Map<String, String> expected(Statement statement, List<String> columns)
      throws SQLException {
    Map<String, String> texts = new TreeMap<>();
    for (String column : columns) {
      try (ResultSet row =
          statement.executeQuery(
              "SELECT CAST(CONVERT(%s USING utf8mb4) AS BINARY) FROM t".formatted(column))) {
        row.next();
        texts.put(column, new String(row.getBytes(1), StandardCharsets.UTF_8));
      }
    }
    return texts;
  }
}
