package dev.lockstep.capture.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.junit.Servers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("types")
@ExtendWith(Servers.class)
class MariaDbValuesTest {
  private static final int ADDRESSES = 3_000;

  @Test
  void bytesOfTheBinlogLackTheZerosAtTheirEnd() {
    assertThat(text("UUID", "123e4567e89b12d3a45642665544"))
        .isEqualTo("123e4567-e89b-12d3-a456-426655440000");
    assertThat(text("UUID", "")).isEqualTo("00000000-0000-0000-0000-000000000000");
    assertThat(text("INET4", "0a")).isEqualTo("10.0.0.0");
    assertThat(text("INET6", "")).isEqualTo("::");
    assertThat(MariaDbValues.text("INET6", null)).isNull();
  }

  @Test
  void addressesHaveTheTextThatMariaDbShows(MariaDbServer mariaDb) throws Exception {
    var random = new Random(20261123);
    try (Connection connection = mariaDb.connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < ADDRESSES; i++) {
        String hex = address(random);
        try (ResultSet row = statement.executeQuery("SELECT INET6_NTOA(X'%s')".formatted(hex))) {
          row.next();
          assertThat(text("INET6", hex)).as(hex).isEqualTo(row.getString(1));
        }
      }
    }
  }

  /** Groups that are often zero, and often what makes an address hold one of IPv4. */
  private static String address(Random random) {
    var hex = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      hex.append(
          switch (random.nextInt(4)) {
            case 0, 1 -> "0000";
            case 2 -> List.of("ffff", "0001", "00ff").get(random.nextInt(3));
            default -> "%04x".formatted(random.nextInt(0x10000));
          });
    }
    return hex.toString();
  }

  private static String text(String type, String hex) {
    return String.valueOf(MariaDbValues.text(type, HexFormat.of().parseHex(hex)));
  }
}
