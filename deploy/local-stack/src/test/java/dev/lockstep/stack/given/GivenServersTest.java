package dev.lockstep.stack.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.Placement;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("main-job")
class GivenServersTest {
  private static final Placement ANYWHERE = Placement.in(Path.of("unused"));

  @Test
  void credentialsMayStandBeforeTheHostOrInTheQuery() {
    for (String url :
        new String[] {
          "jdbc:mysql://ann:p%40ss@db.example:3307/",
          "jdbc:mysql://db.example:3307/?user=ann&password=p%40ss"
        }) {
      MySqlServer mysql =
          new GivenServers(Map.of("LOCKSTEP_MYSQL_URL", url)).mysql(ANYWHERE).orElseThrow();

      assertThat(mysql.host()).isEqualTo("db.example");
      assertThat(mysql.port()).isEqualTo(3307);
      assertThat(mysql.user()).isEqualTo("ann");
      assertThat(mysql.password()).isEqualTo("p@ss");
      assertThat(mysql.toString()).doesNotContain("p@ss");
    }
  }

  @Test
  void aMariaDbIsNamedByAVariableOfItsOwn() {
    var servers =
        new GivenServers(Map.of("LOCKSTEP_MARIADB_URL", "jdbc:mariadb://ann:secret@db.example/"));

    MySqlServer given = servers.mariaDb(ANYWHERE).orElseThrow();

    assertThat(given.host()).isEqualTo("db.example");
    assertThat(given.port()).isEqualTo(3306);
    assertThat(given.name()).isEqualTo("mariadb");
    assertThat(given.toString()).doesNotContain("secret");
    assertThat(servers.mysql(ANYWHERE)).isEmpty();
  }

  @Test
  void whatIsNotNamedIsLeftToTheNextWay() {
    GivenServers none = new GivenServers(Map.of("LOCKSTEP_KAFKA", " "));

    assertThat(none.mysql(ANYWHERE)).isEmpty();
    assertThat(none.mariaDb(ANYWHERE)).isEmpty();
    assertThat(none.kafka(ANYWHERE)).isEmpty();
    assertThat(none.clickHouse(ANYWHERE)).isEmpty();
  }

  @Test
  void anUnreadableAddressIsRefusedWithoutShowingIt() {
    GivenServers servers = new GivenServers(Map.of("LOCKSTEP_MYSQL_URL", "ann:secret"));

    assertThatThrownBy(() -> servers.mysql(ANYWHERE))
        .hasMessageContaining("LOCKSTEP_MYSQL_URL")
        .hasMessageContaining("jdbc:mysql://user:password@host:3306/")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aGivenServerIsNotStopped() {
    MySqlServer mysql =
        new GivenServers(Map.of("LOCKSTEP_MYSQL_URL", "jdbc:mysql://a:b@c/"))
            .mysql(ANYWHERE)
            .orElseThrow();

    assertThatThrownBy(mysql::kill).hasMessageContaining("Unset LOCKSTEP_MYSQL_URL");
  }
}
