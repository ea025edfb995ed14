package dev.lockstep.capture.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.RowStream;
import dev.lockstep.capture.charsets.TextConverter;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** DDL of sessions whose {@code sql_mode} is not the server's. */
@Tag("types")
@ExtendWith(Servers.class)
class SessionModesTest {
  @Test
  void aStatementIsReadByTheModeOfItsSession(MySqlServer mysql) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE session_modes");
      statement.execute("USE session_modes");
      try (RowStream stream = new RowStream(mysql, "session_modes", TextConverter.class)) {
        assertAlike(statement, stream, "quoted", "", "e ENUM(\"a\"\"b\", 'x', \"it's\")");
        assertAlike(statement, stream, "ansi", "ANSI_QUOTES", "\"e\" ENUM('a\"b', 'x', 'it''s')");
        assertAlike(statement, stream, "plain", "NO_BACKSLASH_ESCAPES", "e ENUM('a\\', '\\n')");
        assertAlike(statement, stream, "beyond", "", "e ENUM('😀', 'x') CHARACTER SET utf8mb4");
        assertAlike(
            statement,
            stream,
            "ansi_plain",
            "ANSI,NO_BACKSLASH_ESCAPES",
            "\"e\" SET('a\\b', '\"\\t')");
      }
    }
  }

  /** Each option in a row of its own, as MySQL itself shows it. */
  private static void assertAlike(
      Statement statement, RowStream stream, String table, String mode, String column)
      throws SQLException, InterruptedException {
    statement.execute("SET sql_mode = '" + mode + "'");
    statement.execute(
        "CREATE TABLE " + table + " (id INT AUTO_INCREMENT PRIMARY KEY, " + column + ")");
    statement.execute("INSERT INTO " + table + " (e) VALUES (1), (2)");
    List<String> stored = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("SELECT e FROM " + table + " ORDER BY id")) {
      while (rows.next()) {
        stored.add(rows.getString(1));
      }
    }
    List<Struct> streamed = stream.inserted(table, 2);
    assertThat(streamed).as(table).extracting(row -> row.getString("e")).isEqualTo(stored);
  }
}
