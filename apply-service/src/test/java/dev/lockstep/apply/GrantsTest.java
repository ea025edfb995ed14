package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.TablePartitionStatus.State;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.junit.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account with the privileges that the page of the configuration names, and no others. */
@Tag("apply")
@ExtendWith(Servers.class)
class GrantsTest {
  private static final String ROW = "{\"id\":%d,\"name\":\"n\"}";
  private static final String MAPPING =
      """
      {'tables':'lake\\\\.t','computed':{'more':{'type':'Int64','expression':'id * %d'}},
       'ttl':'toDateTime(intDiv(_version, 1000000)) + INTERVAL %d YEAR',
       'settings':{'min_rows_for_wide_part':%d}}
      """;

  private static String[] documented() throws IOException {
    String page = Files.readString(Path.of("../docs/configuration.md"));
    String section = page.substring(page.indexOf("\n## Privileges on ClickHouse\n"));
    return section
        .substring(0, section.indexOf("\n## ", 1))
        .lines()
        .filter(line -> line.startsWith("GRANT ") && line.endsWith(" TO lockstep"))
        .map(line -> line.substring(0, line.length() - " TO lockstep".length()))
        .toArray(String[]::new);
  }

  private static String account(String[] grants) {
    return ConfiguredClickHouse.account("s3cr3t", "default", grants);
  }

  private static RunningService service(Pipeline pipeline, ConfiguredClickHouse clickHouse) {
    return new RunningService(
        pipeline.kafka(),
        clickHouse.server(),
        "--lockstep.apply.clickhouse.user=lockstep",
        "--lockstep.apply.clickhouse.password=s3cr3t",
        "--lockstep.apply.metrics.interval=100ms");
  }

  private static void await(ConfiguredClickHouse clickHouse, String query, String rows) {
    Pipeline.awaitRows(clickHouse.server(), query, rows);
  }

  @Test
  void theDocumentedPrivilegesAreEnoughForTheWholeLifeOfTables() throws Exception {
    try (var pipeline = new Pipeline("grants");
        var clickHouse = new ConfiguredClickHouse()) {
      clickHouse.startWith(account(documented()));
      pipeline.source().map("m", MAPPING.formatted(2, 100, 10));
      pipeline.source().map("h", "{'tables':'lake\\\\.t','mode':'HISTORY'}");
      TableSchema schema = pipeline.table("lake", "t", List.of(ID), List.of("id"));
      TableSchema keyless = pipeline.table("lake", "log", List.of(ID, NAME), List.of());
      try (var service = service(pipeline, clickHouse)) {
        pipeline.source().publish(schema, created("{\"id\":1}"), created("{\"id\":2}"));
        pipeline.source().publish(keyless, created(ROW.formatted(1)), created(ROW.formatted(1)));
        pipeline.source().publish(keyless, SourceTopic.deleted(ROW.formatted(1)));
        await(clickHouse, "SELECT id, more FROM lake.t FINAL ORDER BY id", "1\t2\n2\t4\n");
        await(clickHouse, "SELECT id, name FROM lake.log", "1\tn\n");
        await(clickHouse, "SELECT count() FROM lake.t__history", "2\n");

        TableSchema wider = pipeline.changed(schema, List.of(ID, NAME), List.of("id"));
        pipeline.source().publish(wider, created(ROW.formatted(3)));
        await(clickHouse, "SELECT name FROM lake.t FINAL WHERE id = 3", "n\n");
        pipeline.source().map("m", MAPPING.formatted(3, 101, 11));
        pipeline.awaitOn(
            wider,
            created(ROW.formatted(4)),
            clickHouse.server(),
            "SELECT more FROM lake.t FINAL WHERE id = 4",
            "12");
        pipeline.source().map("m", "{'tables':'lake\\\\.t'}");
        pipeline.awaitOn(
            wider,
            created(ROW.formatted(4)),
            clickHouse.server(),
            "SELECT if(engine_full LIKE '%TTL%', 'has', 'no') FROM system.tables WHERE database = 'lake' AND name = 't'",
            "no");
        pipeline.source().reset(wider, pipeline.source().version());
        pipeline.source().reset(keyless, pipeline.source().version());
        pipeline.source().publish(wider, created(ROW.formatted(5)));
        await(clickHouse, "SELECT id FROM lake.t FINAL", "5\n");
        await(clickHouse, "SELECT count() FROM lake.log", "0\n");
        eventuallySees(
            "the parts of the table",
            Pipeline.SOON,
            () -> service.get("/actuator/prometheus"),
            page -> page.lines().anyMatch(GrantsTest::countsParts));
      }
    }
  }

  private static boolean countsParts(String line) {
    return line.startsWith("lockstep_apply_parts{")
        && line.contains("lake.t\"")
        && !line.endsWith("NaN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATE TABLE", "INSERT", "ALTER DELETE"})
  void oneThatIsMissingIsNamedAndTheTableGoesOnOnceItIsGiven(String missing) throws Exception {
    String[] all = documented();
    String[] less = all.clone();
    less[0] = less[0].replaceFirst(missing + ", |, " + missing + "(?= ON)", "");
    assertThat(less[0]).isNotEqualTo(all[0]);
    try (var pipeline = new Pipeline("less" + missing.replace(" ", "").toLowerCase(Locale.ROOT));
        var clickHouse = new ConfiguredClickHouse()) {
      clickHouse.startWith(account(less));
      TableSchema schema = pipeline.table("lake", "t", List.of(ID), List.of("id"));
      try (var service = service(pipeline, clickHouse)) {
        pipeline.source().publish(schema, created("{\"id\":1}"));
        TableSchema wider = pipeline.changed(schema, List.of(ID, NAME), List.of("id"));
        pipeline.source().publish(wider, created(ROW.formatted(2)));
        if (missing.equals("ALTER DELETE")) {
          await(clickHouse, "SELECT count() FROM lake.t FINAL", "2\n");
        }
        pipeline.source().reset(schema, pipeline.source().version());
        pipeline.source().publish(wider, created(ROW.formatted(3)));
        String reason = pipeline.awaitReason(schema, State.RETRYING, "grant", missing).reason();
        assertThat(reason).contains("lake");
        clickHouse.startWith(account(all));
        await(clickHouse, "SELECT id FROM lake.t FINAL", "3\n");
        assertThat(service.progress(schema.topic()).orElseThrow().quarantined()).isZero();
      }
    }
  }
}
