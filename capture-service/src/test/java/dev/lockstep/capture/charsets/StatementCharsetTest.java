package dev.lockstep.capture.charsets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.RowStream;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("types")
@ExtendWith(Servers.class)
class StatementCharsetTest {
  @ParameterizedTest
  @CsvSource({"Cp1252, é, ÿ", "GBK, 茅, 漢", "SJIS, 表, ソ", "UTF-8, é, 漢"})
  void aStatementIsReadInTheCharsetOfItsClient(
      String charset, String name, String option, MySqlServer mysql) throws Exception {
    String database = "statement_" + charset.replace("-", "").toLowerCase(Locale.ROOT);
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
    }
    try (RowStream stream = new RowStream(mysql, database, TextConverter.class);
        Connection client = client(mysql, database, charset);
        Statement statement = client.createStatement()) {
      String columns = "(`%s` ENUM('%s', 'x'), d CHAR(9) DEFAULT '%2$s')".formatted(name, option);
      statement.execute("CREATE TABLE sent " + columns);
      statement.execute("CREATE TABLE own AS SELECT * FROM sent");
      statement.execute("INSERT INTO sent VALUES ('%s', DEFAULT)".formatted(option));
      statement.execute("INSERT INTO own SELECT * FROM sent");
      for (String table : new String[] {"sent", "own"}) {
        Struct row = stream.inserted(table, 1).getFirst();
        assertThat(row.getString(name)).isEqualTo(option);
        assertThat(row.getString("d")).isEqualTo(option);
      }
    }
  }

  private static Connection client(MySqlServer mysql, String database, String charset)
      throws SQLException {
    String url = mysql.jdbcUrl(database) + "&characterEncoding=" + charset;
    return DriverManager.getConnection(url, mysql.user(), mysql.password());
  }
}
