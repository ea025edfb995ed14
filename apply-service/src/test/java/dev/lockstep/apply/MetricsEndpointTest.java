package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.apply.SourceTopic.updated;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("apply")
@ExtendWith(Servers.class)
class MetricsEndpointTest {
  private static String await(RunningService service, String what, String... lines) {
    return eventuallySees(
        what,
        Pipeline.SOON,
        () -> service.get("/actuator/prometheus"),
        page -> Stream.of(lines).allMatch(line -> page.contains(line + "\n")));
  }

  private static String of(String metric, String more, String value) {
    return "lockstep_apply_%s{connector=\"exposed\",%stable=\"exposed.t\"} %s"
        .formatted(metric, more, value);
  }

  private static String became(String outcome, int records) {
    return of("records_total", "outcome=\"" + outcome + "\",", records + ".0");
  }

  @Test
  void theServiceExposesItsTablesToPrometheusUntilTheyAreNotItsOwnAnyMore() throws Exception {
    try (Pipeline pipeline = new Pipeline("exposed")) {
      TableSchema schema = pipeline.table("exposed", "t", List.of(ID, NAME), List.of("id"));
      String row = "{\"id\":1,\"name\":\"a\"}";
      pipeline
          .source()
          .publish(
              schema,
              created(row),
              updated(row, "{\"id\":1,\"name\":\"b\"}"),
              created("{\"id\":2,\"name\":7.5}"),
              null);
      RunningService service = pipeline.start();
      String page =
          await(
              service,
              "what became of the records",
              became("applied", 1),
              became("superseded", 1),
              became("quarantined", 1),
              became("dropped", 1),
              of("read_records_total", "", "4.0"),
              of("insert_seconds_count", "", "1"),
              of("freshness_seconds_count", "", "1"),
              of("retries_total", "state=\"failed\",", "0.0"),
              "lockstep_apply_running_inserts 0.0",
              "lockstep_apply_buffer_bytes 0.0");
      assertThat(page)
          .contains("# HELP lockstep_apply_rows_total Rows inserted")
          .containsPattern("\nlockstep_apply_buffer_capacity_bytes [1-9][0-9.]+E[78]\n");
      pipeline.source().deleteConnector("exposed");
      eventuallySees(
          "no meters of it",
          Pipeline.SOON,
          () -> service.get("/actuator/prometheus"),
          seen -> seen.startsWith("200") && !seen.contains("exposed.t"));
    }
  }

  @Test
  void faultsAreCountedByWhetherTheyPass() throws Exception {
    try (Pipeline pipeline = new Pipeline("retried")) {
      TableSchema schema = pipeline.table("retried", "t", List.of(ID, NAME), List.of("id"));
      RunningService service = pipeline.start();
      pipeline.source().publish(schema, created("{\"id\":1,\"name\":\"a\"}"));
      pipeline.awaitApplied(schema);
      Pipeline.awaitRows(SharedServers.clickHouse(), "SELECT count() FROM retried.t", "1\n");
      SharedServers.clickHouse().query("DROP TABLE retried.t SYNC");
      pipeline.source().publish(schema, created("{\"id\":2,\"name\":\"b\"}"));
      pipeline.awaitFailure(schema, "is gone");
      eventuallySees(
          "tries that failed",
          Pipeline.SOON,
          () -> service.get("/actuator/prometheus"),
          page ->
              page.lines()
                  .filter(
                      line ->
                          line.startsWith(
                              "lockstep_apply_retries_total{connector=\"retried\",state=\"failed\""))
                  .anyMatch(line -> Double.parseDouble(line.substring(line.indexOf(' '))) >= 2));
    }
  }
}
