package dev.lockstep.capture.charsets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.RowStream;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("types")
@ExtendWith(Servers.class)
@TestInstance(Lifecycle.PER_CLASS)
class CharsetByDdlTest {
  /** Of characters that no two of the character sets here have at the same place. */
  private static final String TEXT = "aÿœé漢z";

  private final Connection connection;
  private final Statement statement;
  private final RowStream stream;
  private int tables;

  CharsetByDdlTest(MySqlServer mysql) throws SQLException, InterruptedException {
    connection = mysql.connect();
    statement = connection.createStatement();
    statement.execute("CREATE DATABASE charset_by_ddl CHARACTER SET greek");
    statement.execute("USE charset_by_ddl");
    statement.execute("SET sql_mode = '', character_set_server = hebrew");
    statement.execute("CREATE TABLE dec8_default (s VARCHAR(20)) CHARACTER SET dec8");
    stream = new RowStream(mysql, "charset_by_ddl", TextConverter.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      quoteCharacter = '`',
      textBlock =
          """
          dec8   : CREATE TABLE # (s VARCHAR(20) CHARACTER SET dec8)
          dec8   : CREATE TABLE # (s CHARACTER VARYING(20) CHARSET 'DEC8')
          dec8   : CREATE TABLE # (s LONG VARCHAR CHARACTER SET dec8)
          dec8   : CREATE TABLE # (s VARCHAR(20) CHARACTER SET dec8 BINARY)
          dec8   : CREATE TABLE # (s VARCHAR(20) BINARY CHARACTER SET dec8)
          dec8   : CREATE TABLE # (s TEXT COLLATE dec8_swedish_ci)
          dec8   : CREATE TABLE # (s TEXT COLLATE 'DEC8_BIN')
          dec8   : CREATE TABLE # (s CHAR(20) NOT NULL DEFAULT 'œ') CHARACTER SET dec8
          dec8   : CREATE TABLE # (s CHAR(20)) DEFAULT CHARSET=dec8 COLLATE=dec8_bin
          dec8   : CREATE TABLE # (s CHAR(20)) COLLATE dec8_bin
          dec8   : CREATE TABLE # LIKE dec8_default
          dec8   : CREATE TABLE # AS SELECT s FROM dec8_default LIMIT 0
          dec8   : CREATE TABLE #a LIKE dec8_default ; RENAME TABLE #a TO #
          greek  : CREATE TABLE # (s VARCHAR(20))
          latin1 : CREATE TABLE # (s VARCHAR(20) ASCII)
          ucs2   : CREATE TABLE # (s VARCHAR(20) UNICODE)
          utf8mb3: CREATE TABLE # (s NCHAR(20))
          utf8mb3: CREATE TABLE # (s NATIONAL VARCHAR(20))
          dec8   : CREATE TABLE # (s TEXT) ; ALTER TABLE # CONVERT TO CHARACTER SET dec8
          greek  : CREATE TABLE # (s TEXT CHARSET dec8) ; ALTER TABLE # CONVERT TO CHARACTER SET DEFAULT
          sjis   : CREATE TABLE # (s TEXT) ; ALTER TABLE # MODIFY s TEXT CHARACTER SET sjis
          dec8   : CREATE TABLE # (s TEXT CHARSET gbk) CHARSET dec8 ; ALTER TABLE # MODIFY s TEXT
          dec8   : CREATE TABLE # (r INT) CHARSET dec8 ; ALTER TABLE # CHANGE r s VARCHAR(20)
          dec8   : CREATE TABLE # (r INT) ; ALTER TABLE # CHARACTER SET dec8 ; ALTER TABLE # ADD s TEXT
          dec8   : CREATE TABLE # (r INT) ; ALTER TABLE # COLLATE dec8_bin ; ALTER TABLE # ADD s TEXT
          dec8   : CREATE TABLE # (s TEXT) CHARSET dec8 ; ALTER TABLE # CHARSET sjis ; ALTER TABLE # ADD r TEXT
          dec8   : ALTER DATABASE charset_by_ddl COLLATE dec8_bin ; CREATE TABLE # (s TEXT)
          sjis   : ALTER DATABASE charset_by_ddl CHARACTER SET sjis ; CREATE TABLE # (s TEXT)
          """)
  void aRowIsReadInTheCharsetThatItWasWrittenIn(String charset, String ddl) throws Exception {
    String table = "t" + ++tables;
    for (String sql : ddl.split(";", -1)) {
      statement.execute(sql.replace("#", table));
    }
    statement.execute("INSERT INTO " + table + " (s) VALUES ('" + TEXT + "')");
    try (ResultSet row =
        statement.executeQuery(
            "SELECT CHARSET(s), CAST(CONVERT(s USING utf8mb4) AS BINARY) FROM " + table)) {
      row.next();
      assertThat(row.getString(1)).isEqualTo(charset);
      assertThat(stream.inserted(table, 1).getFirst().getString("s"))
          .isEqualTo(new String(row.getBytes(2), StandardCharsets.UTF_8));
    }
  }

  @AfterAll
  void close() throws SQLException, IOException {
    stream.close();
    connection.close();
  }
}
