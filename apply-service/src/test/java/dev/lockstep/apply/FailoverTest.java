package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.TablePartitionStatus.State;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The addresses of one server stand for replicas: each can be taken away by itself. */
@Tag("apply")
@ExtendWith(Servers.class)
class FailoverTest {
  private static final Duration RECOVERY = Duration.ofSeconds(5);
  private int published;

  private void publish(Pipeline pipeline, TableSchema schema) {
    int from = published;
    published += 500;
    pipeline
        .source()
        .publish(
            schema,
            IntStream.range(from, published)
                .mapToObj(i -> created("{\"id\":%d,\"name\":\"n%d\"}".formatted(i, i)))
                .toArray(String[]::new));
  }

  private void awaitAll(ClickHouseServer clickHouse, String database) {
    eventually(
        "all rows of " + database,
        RECOVERY,
        () -> clickHouse.query("SELECT count(), uniqExact(id) FROM %s.t FINAL".formatted(database)),
        "%1$d\t%1$d\n".formatted(published));
  }

  private static RunningService service(
      Pipeline pipeline, ClickHouseServer clickHouse, Forwarder... hosts) {
    String url =
        "http://" + String.join(",", List.of(hosts).stream().map(Forwarder::address).toList());
    return new RunningService(
        pipeline.kafka(),
        clickHouse,
        "--lockstep.apply.clickhouse.url=" + url,
        "--lockstep.apply.clickhouse.connect-timeout=1s",
        "--lockstep.apply.clickhouse.request-timeout=2s",
        "--lockstep.apply.clickhouse.replicated=false");
  }

  private static double retries(RunningService service, String state) throws Exception {
    return service
        .get("/actuator/prometheus")
        .lines()
        .filter(line -> line.startsWith("lockstep_apply_retries_total"))
        .filter(line -> line.contains("state=\"" + state))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void whileOneHostLivesTheTableGoesOnWithoutARetry(ClickHouseServer clickHouse) throws Exception {
    try (var pipeline = new Pipeline("fail1");
        var a = new Forwarder(clickHouse.httpUrl());
        var b = new Forwarder(clickHouse.httpUrl())) {
      TableSchema schema = pipeline.table("fail1", "t", List.of(ID, NAME), List.of("id"));
      try (var service = service(pipeline, clickHouse, a, b)) {
        publish(pipeline, schema);
        awaitAll(clickHouse, "fail1");
        a.cut();
        publish(pipeline, schema);
        awaitAll(clickHouse, "fail1");
        a.open();
        b.cut();
        publish(pipeline, schema);
        awaitAll(clickHouse, "fail1");
        b.open();
        a.mute();
        publish(pipeline, schema);
        awaitAll(clickHouse, "fail1");
        assertThat(retries(service, "")).isZero();
      }
    }
  }

  @Test
  void whenNoHostAnswersAllAreNamedAndTheFirstThatIsBackIsUsed(ClickHouseServer clickHouse)
      throws Exception {
    try (var pipeline = new Pipeline("fail2");
        var a = new Forwarder(clickHouse.httpUrl());
        var b = new Forwarder(clickHouse.httpUrl())) {
      TableSchema schema = pipeline.table("fail2", "t", List.of(ID, NAME), List.of("id"));
      try (var service = service(pipeline, clickHouse, a, b)) {
        publish(pipeline, schema);
        awaitAll(clickHouse, "fail2");
        a.cut();
        b.cut();
        publish(pipeline, schema);
        pipeline.awaitReason(
            schema, State.RETRYING, "No host of ClickHouse can be used", a.address(), b.address());
        eventuallySees(
            "readiness to tell the cause",
            RECOVERY,
            () -> service.get("/actuator/health/readiness"),
            body -> body.startsWith("503") && body.contains(b.address()));
        b.open();
        awaitAll(clickHouse, "fail2");
        assertThat(service.progress(schema.topic()).orElseThrow().quarantined()).isZero();
      }
    }
  }

  /** As on a replica that has not heard of a change yet. */
  @Test
  void aHostThatLacksTheTableAfterAMoveIsNotTakenForALoss() throws Exception {
    try (var first = SharedServers.ownClickHouse();
        var second = SharedServers.ownClickHouse();
        var pipeline = new Pipeline("fail3")) {
      first.start();
      second.start();
      TableSchema schema = pipeline.table("fail3", "t", List.of(ID, NAME), List.of("id"));
      try (var service =
          new RunningService(
              pipeline.kafka(),
              first,
              "--lockstep.apply.clickhouse.url=" + first.httpUrl() + "," + second.httpUrl(),
              "--lockstep.apply.clickhouse.replicated=false")) {
        publish(pipeline, schema);
        awaitAll(first, "fail3");
        String made = first.query("SHOW CREATE TABLE fail3.t FORMAT TSVRaw");
        second.query("CREATE DATABASE fail3");
        second.query(made.replace("    `name` Nullable(String),\n", ""));
        first.stop();
        publish(pipeline, schema);
        eventually(
            "the rows that came since",
            Duration.ofSeconds(10),
            () -> second.query("SELECT count(), countIf(name LIKE 'n%') FROM fail3.t FINAL"),
            "500\t500\n");
        assertThat(service.progress(schema.topic()).orElseThrow().quarantined()).isZero();
        assertThat(retries(service, "failed")).as("times that it was taken for a fault").isZero();
      }
    }
  }
}
