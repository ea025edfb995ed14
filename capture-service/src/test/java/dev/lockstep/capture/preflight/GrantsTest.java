package dev.lockstep.capture.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrantsTest {
  @Test
  void aPrivilegeOnEverythingHoldsEverywhere() {
    Grants grants = grants("GRANT SELECT, REPLICATION SLAVE ON *.* TO `u`@`%`");
    assertThat(grants.everywhere("REPLICATION SLAVE")).isTrue();
    assertThat(grants.everywhere("RELOAD")).isFalse();
    assertThat(grants.on("SELECT", "inventory", "orders")).isTrue();
  }

  @Test
  void allPrivilegesAreEachOfThem() {
    assertThat(grants("GRANT ALL PRIVILEGES ON *.* TO `u`@`%`").everywhere("RELOAD")).isTrue();
  }

  @Test
  void aDatabaseIsALikePattern() {
    Grants grants =
        grants("GRANT SELECT ON `inv%`.* TO `u`@`%`", "GRANT SELECT ON `my\\_shop`.* TO `u`@`%`");
    assertThat(grants.everywhere("SELECT")).isFalse();
    assertThat(grants.on("SELECT", "inventory", "orders")).isTrue();
    assertThat(grants.on("SELECT", "my_shop", "orders")).isTrue();
    assertThat(grants.on("SELECT", "myxshop", "orders")).isFalse();
  }

  @Test
  void aTableIsThatTable() {
    Grants grants = grants("GRANT SELECT ON `odd``db`.`orders` TO `u`@`%`");
    assertThat(grants.on("SELECT", "odd`db", "orders")).isTrue();
    assertThat(grants.on("SELECT", "odd`db", "customers")).isFalse();
  }

  @Test
  void someColumnsAreNotTheTable() {
    Grants grants =
        grants("GRANT SELECT (`id`, `name`), INSERT ON `inventory`.`orders` TO `u`@`%`");
    assertThat(grants.on("SELECT", "inventory", "orders")).isFalse();
    assertThat(grants.on("INSERT", "inventory", "orders")).isTrue();
  }

  @Test
  void aPartialRevokeTakesItsDatabaseAway() {
    Grants grants =
        grants("GRANT SELECT ON *.* TO `u`@`%`", "REVOKE SELECT ON `inventory`.* FROM `u`@`%`");
    assertThat(grants.on("SELECT", "inventory", "orders")).isFalse();
    assertThat(grants.on("SELECT", "shop", "orders")).isTrue();
  }

  @Test
  void rolesProxiesAndRoutinesGrantNoTables() {
    Grants grants =
        grants(
            "GRANT `reader`@`%` TO `u`@`%`",
            "GRANT PROXY ON ``@`` TO `root`@`localhost` WITH GRANT OPTION",
            "GRANT EXECUTE ON PROCEDURE `inventory`.`p` TO `u`@`%`");
    assertThat(grants.lines()).isEmpty();
  }

  private static Grants grants(String... lines) {
    return Grants.parse("'u'@'%'", List.of(lines));
  }
}
