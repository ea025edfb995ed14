package dev.lockstep.capture.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.credentials.Credentials;
import dev.lockstep.capture.credentials.CredentialsSettings;
import dev.lockstep.common.kafka.TopicNames;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightRequest;
import dev.lockstep.common.snapshot.SnapshotTable;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a snapshot before it is begun. */
@Tag("capture")
@ExtendWith(Servers.class)
class SnapshotPreflightTest {
  private static final Preflight PREFLIGHT =
      new Preflight(
          new TopicNames("lockstep"),
          new Credentials(CredentialsSettings.DEFAULT),
          Duration.ofSeconds(15));

  @BeforeAll
  static void makeTables(MySqlServer mysql) throws SQLException {
    Source.make(mysql);
  }

  private static List<Finding> check(Map<String, String> more, SnapshotTable... tables)
      throws InterruptedException {
    Map<String, String> config = Source.config(SharedServers.mysql());
    config.putAll(more);
    return PREFLIGHT.check(new PreflightRequest("c", config, List.of(tables))).findings();
  }

  private static SnapshotTable customers(String filter) {
    return new SnapshotTable("preflight_db", "customers", filter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"id > 5", "id IN (SELECT code FROM preflight_db.by_code) -- all", "'?' = '?'"})
  void aConditionPasses(String filter) throws Exception {
    assertThat(check(Map.of(), customers(filter), customers(null))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id >",
        "no_such_column = 1",
        "id = ?",
        "COUNT(*) > 1",
        "1) OR (1 = 1",
        "TRUE) UNION SELECT 1 FROM preflight_db.orders WHERE (TRUE",
        "TRUE)) UNION SELECT 1 FROM preflight_db.orders WHERE ((TRUE",
        "TRUE); DROP TABLE preflight_db.orders; SELECT (1"
      })
  void aBrokenFilterIsRefusedAndNothingIsCarriedOut(String filter) throws Exception {
    List<Finding> found =
        check(Map.of(), new SnapshotTable("preflight_db", "orders", null), customers(filter));
    assertThat(found).extracting(Finding::key).containsExactly("tables[1].filter");
    assertThat(found.getFirst().problem()).contains("preflight_db.customers");
    assertThat(check(Map.of(), new SnapshotTable("preflight_db", "orders", null))).isEmpty();
  }

  @Test
  void aTableThatIsNotThereIsRefusedWithTheNameThatWasMeant() throws Exception {
    List<Finding> found = check(Map.of(), new SnapshotTable("preflight_db", "custmers", null));
    assertThat(found).extracting(Finding::key).containsExactly("tables[0]");
    assertThat(found.getFirst().problem()).contains("did you mean preflight_db.customers");
  }

  @Test
  void aTableThatIsNotCapturedIsRefusedWithTheWayOut() throws Exception {
    List<Finding> found =
        check(Map.of("table.include.list", "preflight_db.orders"), customers(null));
    assertThat(found).extracting(Finding::key).containsExactly("tables[0]");
    assertThat(found.getFirst().problem()).contains("does not capture");
    assertThat(found.getFirst().remedy()).contains("table.include.list");
  }

  @Test
  void aTableWithoutAKeyIsReadAsAWhole(MySqlServer mysql) throws Exception {
    Source.run(
        mysql,
        "CREATE DATABASE preflight_named",
        "CREATE TABLE preflight_named.t (note TEXT, a INT NOT NULL, b INT NOT NULL, c INT)");
    var table = new SnapshotTable("preflight_named", "t", null);
    var part = new SnapshotTable("preflight_named", "t", "a = 1");
    Finding lock = checkNamed("", table).getFirst();
    assertThat(lock.problem()).contains("LOCK TABLES");
    assertThat(lock.remedy())
        .isEqualTo("GRANT LOCK TABLES ON `preflight_named`.* TO 'pf_good'@'%';");
    Source.run(mysql, lock.remedy());
    assertThat(checkNamed("", table)).isEmpty();
    assertThat(checkNamed("preflight_named.t:a, b", part)).isEmpty();
    assertThat(checkNamed("(.*).T:[ab]", part)).isEmpty();
    for (String none : List.of("", "preflight_named.other:a")) {
      Finding filter = checkNamed(none, part).getFirst();
      assertThat(filter.key()).isEqualTo("tables[0].filter");
      assertThat(filter.problem()).contains("has no key");
    }
    Finding nullable = checkNamed("preflight_named.t:a,c", table).getFirst();
    assertThat(nullable.key()).isEqualTo("tables[0]");
    assertThat(nullable.problem()).contains("`c`", "can be NULL");
    assertThat(nullable.remedy()).contains("NOT NULL", "message.key.columns");
  }

  private static List<Finding> checkNamed(String columns, SnapshotTable table) throws Exception {
    Map<String, String> more = new HashMap<>(Map.of("database.include.list", "preflight_named"));
    if (!columns.isEmpty()) {
      more.put("message.key.columns", columns);
    }
    return check(more, table);
  }

  @Test
  void aSourceThatCannotBeReachedIsTold() throws Exception {
    assertThat(check(Map.of("database.password", "wrong"), customers(null)))
        .extracting(Finding::key)
        .containsExactly("database.password");
  }
}
