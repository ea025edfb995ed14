package dev.lockstep.capture.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.credentials.Credentials;
import dev.lockstep.capture.credentials.CredentialsSettings;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.TopicNames;
import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import dev.lockstep.common.preflight.PreflightRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be told without a source: here nothing listens at the source's port. */
@Tag("main-job")
class SettingsPreflightTest {
  private static final String SECRET = "s3cr3t-\"\\'-${x}-ü";

  private final Preflight preflight =
      new Preflight(
          new TopicNames("lockstep"),
          new Credentials(CredentialsSettings.DEFAULT),
          Duration.ofSeconds(15));

  @Test
  void theTutorialsConfigFailsOnlyForItsSource() throws Exception {
    PreflightReport report = check(Map.of());
    assertThat(report.findings().stream().filter(f -> f.severity() == Severity.ERROR))
        .extracting(Finding::key)
        .containsExactly("database.port");
  }

  @Test
  void whatIsNotUsedIsAWarning() throws Exception {
    PreflightReport report =
        check(Map.of("key.converter", "x.Y", "key.converter.schemas.enable", "false"));
    assertThat(keys(report, Severity.WARNING))
        .containsExactly("key.converter", "schema.history.internal.kafka.bootstrap.servers");
  }

  @ParameterizedTest
  @CsvSource({
    "enable.time.adjuster, true",
    "include.schema.comments, false",
    "event.converting.failure.handling.mode, warn",
    "driver.useCursorFetch, false",
    "driver.characterSetResults, UTF-8",
    "driver.connectionTimeZone, Europe/Berlin",
    "snapshot.fetch.size, 0"
  })
  @Tag("types")
  void whatWouldAlterValuesIsAWarning(String key, String value) throws Exception {
    assertThat(keys(check(Map.of(key, value)), Severity.WARNING)).contains(key);
  }

  @ParameterizedTest
  @CsvSource({"nanoseconds, 1677", "NANOSECONDS, 1677", "connect, three", "Connect, three"})
  @Tag("types")
  void aPrecisionThatCannotHoldEveryValueIsRefused(String precision, String why) throws Exception {
    assertThat(
            errorFor("time.precision.mode", check(Map.of("time.precision.mode", precision)))
                .problem())
        .contains(why);
  }

  @ParameterizedTest
  @CsvSource({
    "table.inclde.list, table.include.list",
    "tabel.exclude.list, table.exclude.list",
    "databse.hostname, database.hostname",
    "database.server.name, topic.prefix",
    "table.whitelist, table.include.list",
    "database.history.kafka.topic, schema.history.internal.kafka.topic",
    "schema.include.list, database.include.list",
    "schema.history.internal.kafka.topik, schema.history.internal.kafka.topic",
    "task.max, tasks.max"
  })
  void anUnknownKeyIsRefusedWithTheOneThatWasMeant(String key, String meant) throws Exception {
    assertThat(errorFor(key, check(Map.of(key, "x"))).problem())
        .isEqualTo("Unknown config key `" + key + "`; did you mean `" + meant + "`?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flavour",
        "driver.flavour",
        "database.flavour",
        "transforms.route.type",
        "topic.creation.other.partitions",
        "topic.creation.default.flavour",
        "mine.type"
      })
  void aKeyThatNothingReadsIsRefused(String key) throws Exception {
    assertThat(errorFor(key, check(Map.of(key, "x"))).problem()).contains("`" + key + "`");
  }

  @ParameterizedTest
  @CsvSource({
    "transforms, transforms.mine.type, x.Y, no class",
    "transforms, transforms.mine.type, java.lang.String, not a Transformation",
    "predicates, predicates.mine.type, x.Y, no class",
    "converters, mine.type, x.Y, no class",
    "post.processors, mine.type, x.Y, no class",
    "post.processors, post.processors.mine.type, x.Y, no class",
    "topic.naming.strategy, topic.naming.strategy, java.lang.String, not a TopicNamingStrategy"
  })
  @Tag("capture")
  void aClassThatIsNotThereOrOfAnotherKindIsRefused(
      String list, String key, String type, String problem) throws Exception {
    Map<String, String> more = new HashMap<>(Map.of(list, "mine"));
    more.put(key, type);
    assertThat(errorFor(key, check(more)).problem()).contains(problem);
  }

  @Test
  @Tag("capture")
  void whatATransformDoesNotTakeIsRefusedWithItsReason() throws Exception {
    Map<String, String> more = new HashMap<>(Map.of("transforms", "route"));
    more.put("transforms.route.type", "org.apache.kafka.connect.transforms.RegexRouter");
    more.put("transforms.route.regex", "(unclosed");
    more.put("transforms.route.replacement", "x");
    assertThat(errorFor("transforms.route.type", check(more)).problem()).contains("regex");
    more.put("transforms.route.regex", "(.*)_old");
    more.put("transforms.route.predicate", "nowhere");
    PreflightReport report = check(more);
    assertThat(report.findings()).noneMatch(f -> f.key().equals("transforms.route.type"));
    assertThat(errorFor("transforms.route.predicate", report).problem()).contains("nowhere");
  }

  @Test
  @Tag("capture")
  void aListThatNamesAnAliasWithoutAClassIsRefused() throws Exception {
    assertThat(errorFor("transforms.route.type", check(Map.of("transforms", "route"))).problem())
        .contains("missing");
  }

  @Test
  void everyKeyOfDebeziumAndConnectIsKnown() throws Exception {
    Map<String, String> more = new HashMap<>();
    more.put("transforms", "route,unwrap");
    more.put("transforms.route.type", "x.Y");
    more.put("transforms.unwrap.predicate", "isFoo");
    more.put("predicates", "isFoo");
    more.put("predicates.isFoo.type", "x.Y");
    more.put("converters", "mine");
    more.put("mine.type", "x.Y");
    more.put("post.processors", "reselector");
    more.put("post.processors.reselector.type", "x.Y");
    more.put("topic.creation.default.partitions", "3");
    more.put("topic.creation.default.retention.ms", "1000");
    more.put("topic.creation.groups", "big");
    more.put("topic.creation.big.include", "x.*");
    more.put("driver.allowPublicKeyRetrieval", "true");
    more.put("database.connectionTimeZone", "UTC");
    more.put("producer.override.linger.ms", "1");
    more.put("schema.history.internal.producer.security.protocol", "PLAINTEXT");
    more.put("column.mask.hash.SHA-256.with.salt.pepper", "a.b.c");
    more.put("column.truncate.to.20.chars", "a.b.c");
    more.put("snapshot.select.statement.overrides", "a.b");
    more.put("snapshot.select.statement.overrides.a.b", "SELECT 1");
    more.put("read.only", "true");
    more.put("binary.handling.mode", "bytes");
    more.put("skip.messages.without.change", "true");
    more.put("errors.tolerance", "none");
    more.put("exactly.once.support", "required");
    more.put("signal.kafka.topic", "signals");
    more.put("topic.delimiter", ".");
    more.put("tombstones.on.delete", "true");
    assertThat(check(more).findings()).noneMatch(f -> f.problem().contains("Unknown"));
  }

  @ParameterizedTest
  @CsvSource({
    "database.port, abc",
    "database.port, 70000",
    "database.server.id, -3",
    "heartbeat.interval.ms, 0",
    "heartbeat.interval.ms, -1",
    "snapshot.mode, schema_only",
    "snapshot.locking.mode, maybe",
    "decimal.handling.mode, nope",
    "database.ssl.mode, sometimes",
    "database.hostname, a?b",
    "table.include.list, a[.b",
    "tombstones.on.delete, perhaps",
    "read.only, perhaps",
    "max.queue.size, 1",
    "tasks.max, 2",
    "skipped.operations, d",
    "skipped.operations, 't,u'",
    "event.processing.failure.handling.mode, warn",
    "inconsistent.schema.handling.mode, skip",
    "topic.prefix, a b",
    "topic.prefix, lockstep",
    "topic.prefix, lockstep.connectors",
  })
  void aBadValueIsAFindingOfItsKey(String key, String value) throws Exception {
    Finding finding = errorFor(key, check(Map.of(key, value)));
    assertThat(finding.problem()).contains("`").endsWith(".");
    assertThat(finding.remedy()).isNotBlank();
  }

  @Test
  void aTransformThatTakesTheEnvelopeAwayIsRefused() throws Exception {
    String type = "io.debezium.transforms.ExtractNewRecordState";
    var report = check(Map.of("transforms", "unwrap", "transforms.unwrap.type", type));
    assertThat(errorFor("transforms.unwrap.type", report).problem()).contains("envelope");
  }

  @Test
  @Tag("capture")
  void aTransformThatTakesTheEnvelopeOfSomeTablesIsAccepted() throws Exception {
    Map<String, String> more = new HashMap<>(Map.of("transforms", "unwrap", "predicates", "some"));
    more.put("transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState");
    more.put("transforms.unwrap.predicate", "some");
    more.put(
        "predicates.some.type", "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");
    more.put("predicates.some.pattern", "dbserver1\\.inventory\\.flat");
    assertThat(check(more).findings()).noneMatch(f -> f.key().startsWith("transforms"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Filter", "ContentBasedRouter"})
  @Tag("capture")
  void aTransformThatNeedsAScriptEngineIsRefusedWithAnother(String name) throws Exception {
    String type = "io.debezium.transforms." + name;
    var report = check(Map.of("transforms", "script", "transforms.script.type", type));
    Finding finding = errorFor("transforms.script.type", report);
    assertThat(finding.problem()).contains("scripts");
    assertThat(finding.remedy()).contains("org.apache.kafka.connect.transforms.Filter");
  }

  @Test
  @Tag("capture")
  void convertersAreCheckedWhereTransformsMakeEventsAndAreUnusedElsewhere() throws Exception {
    String avro = "io.confluent.connect.avro.AvroConverter";
    var unused = check(Map.of("value.converter", avro));
    assertThat(keys(unused, Severity.ERROR)).doesNotContain("value.converter");
    assertThat(keys(unused, Severity.WARNING)).contains("value.converter");
    Map<String, String> more = new HashMap<>(Map.of("transforms", "outbox"));
    more.put("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter");
    more.put("value.converter", avro);
    assertThat(errorFor("value.converter", check(more)).problem()).contains("no class");
    more.put("value.converter", "io.debezium.converters.BinaryDataConverter");
    more.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    more.put("header.converter", "org.apache.kafka.connect.storage.SimpleHeaderConverter");
    assertThat(check(more).findings()).noneMatch(f -> f.key().endsWith(".converter"));
  }

  @Test
  @Tag("capture")
  void whatTheOutboxRouterDoesNotTakeIsRefused() throws Exception {
    Map<String, String> more = new HashMap<>(Map.of("transforms", "outbox"));
    more.put("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter");
    more.put("transforms.outbox.route.topic.regex", "(unclosed");
    assertThat(errorFor("transforms.outbox.type", check(more)).remedy())
        .contains("`transforms.outbox.`");
  }

  @Test
  void aPrefixThatOnlyResemblesTheControlTopicsIsFine() throws Exception {
    assertThat(keys(check(Map.of("topic.prefix", "lockstep-demo")), Severity.ERROR))
        .doesNotContain("topic.prefix");
  }

  @Test
  void aServerIdNeedNotBeGiven() throws Exception {
    Map<String, String> config = config();
    config.remove("database.server.id");
    PreflightReport report = preflight.check(new PreflightRequest("c", config));
    assertThat(keys(report, Severity.ERROR)).doesNotContain("database.server.id");
  }

  @Test
  void includeAndExcludeListsTogetherAreRefused() throws Exception {
    PreflightReport report = check(Map.of("database.exclude.list", "shop"));
    assertThat(errorFor("database.exclude.list", report).problem()).contains("already specified");
  }

  @ParameterizedTest
  @ValueSource(strings = {"database.hostname", "database.user", "topic.prefix"})
  void aMissingKeyIsNamed(String key) throws Exception {
    Map<String, String> config = config();
    config.remove(key);
    assertThat(errorFor(key, preflight.check(new PreflightRequest("c", config))).problem())
        .isEqualTo("`" + key + "` is missing.");
  }

  @Test
  void anotherConnectorsClassIsRefusedAndNothingElseIsSaid() throws Exception {
    PreflightReport report =
        check(Map.of("connector.class", "io.debezium.connector.postgresql.PostgresConnector"));
    assertThat(report.findings()).extracting(Finding::key).containsExactly("connector.class");
    assertThat(report.findings().getFirst().remedy())
        .contains("io.debezium.connector.mysql.MySqlConnector");
  }

  @Test
  void aSecretIsInNoFinding() throws Exception {
    Map<String, String> bad = new HashMap<>();
    config().keySet().forEach(key -> bad.put(key, SECRET));
    bad.put("connector.class", "io.debezium.connector.mysql.MySqlConnector");
    bad.put("column.mask.hash.with.salt." + SECRET, "x");
    bad.keySet().removeIf(key -> key.equals("topic.prefix") || key.equals("database.user"));
    PreflightReport report = preflight.check(new PreflightRequest("c", bad));
    String json = new String(ControlCodec.encode(report), StandardCharsets.UTF_8);
    assertThat(report.passed()).isFalse();
    assertThat(json).doesNotContain("s3cr3t");
  }

  private PreflightReport check(Map<String, String> more) throws InterruptedException {
    Map<String, String> config = config();
    config.putAll(more);
    return preflight.check(new PreflightRequest("c", config));
  }

  /** Debezium's tutorial, word for word but for the host. */
  private static Map<String, String> config() {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.debezium.connector.mysql.MySqlConnector");
    config.put("tasks.max", "1");
    config.put("database.hostname", "127.0.0.1");
    config.put("database.port", "1");
    config.put("database.user", "debezium");
    config.put("database.password", SECRET);
    config.put("database.server.id", "184054");
    config.put("topic.prefix", "dbserver1");
    config.put("database.include.list", "inventory");
    config.put("schema.history.internal.kafka.bootstrap.servers", "kafka:9092");
    config.put("schema.history.internal.kafka.topic", "schema-changes.inventory");
    return config;
  }

  private static Set<String> keys(PreflightReport report, Severity severity) {
    Set<String> keys = new TreeSet<>();
    report.findings().stream()
        .filter(finding -> finding.severity() == severity)
        .forEach(finding -> keys.add(finding.key()));
    return keys;
  }

  private static Finding errorFor(String key, PreflightReport report) {
    assertThat(keys(report, Severity.ERROR)).contains(key);
    return report.findings().stream().filter(f -> f.key().equals(key)).findFirst().orElseThrow();
  }
}
