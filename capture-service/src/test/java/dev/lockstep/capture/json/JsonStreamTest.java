package dev.lockstep.capture.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.RowStream;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import io.debezium.data.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("types")
@ExtendWith(Servers.class)
@TestInstance(Lifecycle.PER_CLASS)
class JsonStreamTest {
  private static final int DOCUMENTS = 4_000;
  private static final int PER_STATEMENT = 100;

  private final Connection connection;
  private final Statement statement;
  private final RowStream stream;

  JsonStreamTest(MySqlServer mysql) throws SQLException, InterruptedException {
    connection = mysql.connect();
    statement = connection.createStatement();
    statement.execute("CREATE DATABASE json_stream");
    statement.execute("USE json_stream");
    stream = new RowStream(mysql, "json_stream", JsonTextConverter.class);
    statement.execute("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, j JSON)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'{}'",
        "'[]'",
        "'\"\"'",
        "'null'",
        "NULL",
        "'[null, true, false, {}, [], {\"\": []}]'",
        "'[-32769, -32768, 32767, 32768, 65535, 65536, 2147483647, -2147483648, -2147483649]'",
        "'[4294967295, 4294967296, 9223372036854775807, -9223372036854775808]'",
        "'[9223372036854775808, 18446744073709551615, 18446744073709551616]'",
        "'[1e20, 1.2345678901234568e17, 0.00000015, 0.0, -0.0, 1.0, -1.0, 0.1, 100.25]'",
        "'[1e14, 1e15, 123456789012345.0, 1234567890123456.0, 1e-14, 1e-15, 9.9e-16]'",
        "'[1.7976931348623157e308, -1.7976931348623157e308, 2.2250738585072014e-308]'",
        "'[5e-324, 1e-323, 1.5e-323, 2e-323, 2.225073858507201e-308, 1e23, 2e-3, 9e15]'",
        "JSON_ARRAY(0e0, -0e0, 0.0, -1.50, 1.00)",
        "JSON_ARRAY(99999999999999999999999999999999999.999999999999999999999999999999)",
        "JSON_ARRAY(-0.000000000000000000000000000001, CAST(0 AS DECIMAL(65,30)))",
        "JSON_ARRAY(DATE'2024-02-29', DATE'0001-01-01', DATE'9999-12-31')",
        "JSON_ARRAY(TIME'-838:59:59', TIME'838:59:59', TIME'-00:00:00.000001', TIME'100:00:01')",
        "JSON_ARRAY(CAST('-13:01:02.5' AS TIME(2)), CAST('00:00:00' AS TIME))",
        "JSON_ARRAY(TIMESTAMP'2024-02-29 23:59:59.999999', TIMESTAMP'1000-01-01 00:00:00')",
        "JSON_ARRAY(NOW(6), CURRENT_TIMESTAMP, CURDATE(), CAST(2024 AS YEAR))",
        "CAST(CAST('2024-01-02' AS DATE) AS JSON)",
        "CAST(CAST(x'' AS BINARY) AS JSON)",
        "JSON_ARRAY(x'00ff', b'101', REPEAT(x'ff', 57), REPEAT(x'fe', 58), REPEAT(x'00', 300))",
        "CAST(ST_GeomFromText('POINT(1 2.5)') AS JSON)",
        "CAST(ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 0))') AS JSON)",
        "'\"\\\\u0000\\\\u0001\\\\b\\\\t\\\\n\\\\u000b\\\\f\\\\r\\\\u001f\\\\u007f\\\\/\\\\\\\\\\\\\"\"'",
        "JSON_OBJECT('é\"\\\\\n漢😀', 'é漢😀\u0080\u07ff\ufffd')",
        "JSON_OBJECT('bb', 1, 'a', 2, 'ccc', 3, '', 4, 'ab', 5)",
        "JSON_ARRAY(REPEAT('x', 127), REPEAT('y', 128), REPEAT('z', 16383), REPEAT('w', 16384))",
        "JSON_OBJECT(REPEAT('k', 65535), 1)",
        "JSON_OBJECT('a', JSON_ARRAY(REPEAT('x', 65535)), 'b', JSON_OBJECT('c', 70000, 'd', -1))",
        "JSON_ARRAY(REPEAT('x', 70000), 1, -70000, 65536, 4000000000, 1e0, TRUE, NULL)",
        "CONCAT(REPEAT('[', 100), REPEAT(']', 100))",
        "CONCAT(REPEAT('{\"a\":', 98), '[1.5, {}]', REPEAT('}', 98))",
        "CONCAT('[', REPEAT('{\"k\": [1, \"text\", 1.5]}, ', 200000), '0]')"
      })
  void theTextOfADocumentIsTheServersOwn(String expression) throws Exception {
    statement.execute("SET NAMES utf8mb4");
    statement.execute("INSERT INTO t (j) VALUES (" + expression + ")");
    compare(1);
  }

  @Test
  void aValueWithoutBytesIsTheServersOwnToo() throws Exception {
    statement.execute("SET sql_mode = ''");
    statement.execute("ALTER TABLE t ADD n JSON NOT NULL");
    statement.execute("INSERT INTO t (j) SELECT '[1]' FROM (SELECT 1) one");
    Struct row = stream.inserted("t", 1).getFirst();
    assertThat(row.getString("n")).isEqualTo(only("SELECT n FROM t ORDER BY id DESC LIMIT 1"));
    assertThat(row.schema().field("j").schema()).isEqualTo(Json.builder().optional().build());
    statement.execute("ALTER TABLE t DROP n");
  }

  @Test
  void randomDocumentsHaveTheServersOwnText() throws Exception {
    RandomDocuments documents = new RandomDocuments(9_7);
    for (int i = 0; i < DOCUMENTS; i += PER_STATEMENT) {
      statement.execute(
          IntStream.range(0, PER_STATEMENT)
              .mapToObj(_ -> "(" + documents.next() + ")")
              .collect(Collectors.joining(",", "INSERT INTO t (j) VALUES ", "")));
    }
    compare(DOCUMENTS);
  }

  @Test
  void randomDoublesHaveTheServersOwnText() throws Exception {
    Random random = new Random(9_7);
    statement.execute("CREATE TEMPORARY TABLE d (v DOUBLE)");
    String values = "(?)" + ",(?)".repeat(9_999);
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO d VALUES " + values)) {
      for (int i = 1; i <= 10_000; i++) {
        insert.setDouble(i, next(random, i));
      }
      insert.execute();
    }
    statement.execute("INSERT INTO t (j) SELECT JSON_ARRAYAGG(v) FROM d");
    compare(1);
  }

  /** Of all sizes, and those around powers of two and ten, where shortest digits are hardest. */
  private static double next(Random random, int i) {
    double value =
        switch (i % 4) {
          case 0 -> Double.longBitsToDouble(random.nextLong());
          case 1 -> Math.scalb(1.0, random.nextInt(2098) - 1074);
          case 2 -> Double.parseDouble(random.nextInt(1000) + "e" + (random.nextInt(600) - 300));
          default -> random.nextLong() / Math.pow(10, random.nextInt(40));
        };
    double near = random.nextBoolean() ? value : Math.nextUp(value);
    return Double.isFinite(near) ? near : 1;
  }

  private void compare(int count) throws SQLException, InterruptedException {
    List<@Nullable String> streamed = new ArrayList<>();
    for (Struct row : stream.inserted("t", count)) {
      streamed.add(row.getString("j"));
    }
    List<@Nullable String> expected = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT CAST(j AS CHAR CHARACTER SET utf8mb4) FROM t ORDER BY id DESC LIMIT "
                + count)) {
      while (rows.next()) {
        byte[] text = rows.getBytes(1);
        expected.addFirst(text == null ? null : new String(text, StandardCharsets.UTF_8));
      }
    }
    for (int i = 0; i < count; i++) {
      String text = streamed.get(i);
      String server = expected.get(i);
      assertThat(Objects.equals(text, server)).as(() -> difference(text, server)).isTrue();
    }
  }

  /** Around the first character that differs. */
  private static String difference(@Nullable String text, @Nullable String server) {
    if (text == null || server == null) {
      return text + " instead of " + server;
    }
    int at = Arrays.mismatch(text.toCharArray(), server.toCharArray());
    return around(text, at) + " instead of " + around(server, at);
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 30), Math.min(text.length(), at + 30));
  }

  private String only(String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  @AfterAll
  void close() throws SQLException, IOException {
    stream.close();
    connection.close();
  }
}
