package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.TablePartitionStatus.State;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.junit.Servers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong with the account of the target is waited out, and is no record's fault. */
@Tag("apply")
@ExtendWith(Servers.class)
class AccountFaultsTest {
  private static final Duration RECOVERY = Duration.ofSeconds(5);
  private static final String GOOD = ConfiguredClickHouse.account("s3cr3t", "default");

  private static RunningService service(Pipeline pipeline, ConfiguredClickHouse clickHouse) {
    return new RunningService(
        pipeline.kafka(),
        clickHouse.server(),
        "--lockstep.apply.clickhouse.user=lockstep",
        "--lockstep.apply.clickhouse.password=s3cr3t");
  }

  private static void awaitRows(ConfiguredClickHouse clickHouse, String database, int rows) {
    String query = "SELECT count() FROM %s.t FINAL".formatted(database);
    eventually("all rows", RECOVERY, () -> clickHouse.server().query(query), rows + "\n");
  }

  @Test
  void aPasswordThatIsWrongForAWhileCostsNoRecord() throws Exception {
    waitsOut("account1", ConfiguredClickHouse.account("another", "default"), "516", true);
  }

  @Test
  void anAccountThatMayOnlyReadForAWhileCostsNoRecord() throws Exception {
    waitsOut("account2", ConfiguredClickHouse.account("s3cr3t", "reading"), "readonly", false);
  }

  private static void waitsOut(String name, String bad, String reason, boolean isUnready)
      throws Exception {
    try (var pipeline = new Pipeline(name);
        var clickHouse = new ConfiguredClickHouse()) {
      clickHouse.startWith(GOOD);
      TableSchema schema = pipeline.table(name, "t", List.of(ID, NAME), List.of("id"));
      try (var service = service(pipeline, clickHouse)) {
        pipeline.source().publish(schema, created("{\"id\":1,\"name\":\"a\"}"));
        awaitRows(clickHouse, name, 1);
        clickHouse.startWith(bad);
        for (int i = 2; i <= 500; i++) {
          pipeline.source().publish(schema, created("{\"id\":%d,\"name\":\"a\"}".formatted(i)));
        }
        var status = pipeline.awaitReason(schema, State.RETRYING, reason);
        assertThat(status.reason()).doesNotContain("s3cr3t");
        if (isUnready) {
          eventuallySees(
              "readiness to tell the cause",
              RECOVERY,
              () -> service.get("/actuator/health/readiness"),
              body -> body.startsWith("503") && body.contains(reason) && !body.contains("s3cr3t"));
        }
        clickHouse.startWith(GOOD);
        awaitRows(clickHouse, name, 500);
        assertThat(service.progress(schema.topic()).orElseThrow().quarantined()).isZero();
        assertThat(
                ControlReader.records(
                    pipeline.kafka(), pipeline.kafka().topics().deadLetters(), schema.topic()))
            .isEmpty();
      }
    }
  }
}
