package dev.lockstep.admin.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.admin.harness.AnsweringCapture;
import dev.lockstep.admin.harness.Answers;
import dev.lockstep.admin.harness.RunningAdmin;
import dev.lockstep.admin.harness.TopicRecords;
import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.mapping.MappingIndex;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.TargetName;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.junit.Servers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("types")
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MappingCallsTest {
  private static final String MAPPINGS = "/api/v1/mappings";
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  KafkaSettings kafka = KafkaSettings.at("");
  RunningAdmin admin;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    kafka = AnsweringCapture.freshTopics();
    admin = RunningAdmin.start(kafka, folder).awaitReady();
  }

  @AfterAll
  void stop() {
    admin.close();
  }

  @Test
  void aMappingIsMadeReplacedShownAndDeleted() throws Exception {
    String path = MAPPINGS + "/life";
    var made = admin.put(path, MappingExamples.REQUEST);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(made.headers().firstValue("Location")).hasValue(admin.base() + path);

    var shown = admin.get(path);
    assertThat(made.body()).startsWith(shown.body().substring(0, shown.body().length() - 1));
    assertThat(shown.body()).doesNotContain("null", "impact");
    assertThat(Answers.text(shown, "$.name")).isEqualTo("life");
    assertThat(Answers.text(shown, "$.tables")).isEqualTo("inventory\\..*");
    assertThat(Answers.text(shown, "$.columns.photo.codec")).isEqualTo("ZSTD(3)");

    var again = admin.put(path, shown.body());
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(Answers.map(again, "$.impact"))
        .containsEntry("needs", "NOTHING")
        .containsEntry("changes", List.of());
    assertThat(admin.put(path, again.body()).body()).isEqualTo(again.body());
    assertThat(admin.put(path, "{\"tables\":\"x\\\\.y\"}").statusCode()).isEqualTo(200);
    assertThat(admin.get(path).body())
        .isEqualTo(
            "{\"name\":\"life\",\"tables\":\"x\\\\.y\",\"options\":{},\"columns\":{},\"computed\":{}}");

    assertThat(admin.delete(path).statusCode()).isEqualTo(204);
    assertThat(admin.delete(path).statusCode()).isEqualTo(404);
    assertThat(admin.get(path).statusCode()).isEqualTo(404);
    assertThat(eventuallyPublished("life", 5).getLast()).isEmpty();
    assertThat(admin.put(path, shown.body()).statusCode()).isEqualTo(201);
  }

  @Test
  void aChangeSaysWhatItNeedsAndADryRunStoresNothing() throws Exception {
    String path = MAPPINGS + "/impact";
    String was = "{\"tables\":\"impact\\\\..*\",\"ttl\":\"a + 1\"}";
    String is =
        "{\"tables\":\"impact\\\\..*\",\"columns\":{\"b\":{\"codec\":\"LZ4\",\"type\":\"Int64\"}}}";
    var dry = admin.put(path + "?dryRun=true", is);
    assertThat(dry.statusCode()).as(dry.body()).isEqualTo(200);
    assertThat(Answers.text(dry, "$.impact.needs")).isEqualTo("REBUILD");
    assertThat(admin.get(path).statusCode()).isEqualTo(404);
    put("impact", was);
    var changed = admin.put(path + "?dryRun=true", is);
    assertThat(Answers.list(changed, "$.impact.changes[*].property"))
        .containsExactly("columns.b.type", "columns.b.codec", "ttl");
    assertThat(Answers.list(changed, "$.impact.changes[*].needs"))
        .containsExactly("REBUILD", "NOTHING", "IN_PLACE");
    assertThat(Answers.text(changed, "$.impact.changes[0].reason")).contains("a rebuild");
    assertThat(Answers.text(admin.get(path), "$.ttl")).isEqualTo("a + 1");
    assertProblem(admin.put(path + "?dryRun=true", "{\"tables\":\"(\"}"), 400, "invalid-mapping");
    assertThat(admin.put(path + "?dryRun=perhaps", is).statusCode()).isEqualTo(400);
    assertThat(Answers.text(admin.put(path, is), "$.impact.needs")).isEqualTo("REBUILD");
    assertThat(Answers.map(admin.get(path), "$.columns")).containsKey("b");
    assertThat(eventuallyPublished("impact", 2)).hasSize(2);
  }

  @Test
  void theTopicsRecordIsWhatApplyServiceReads() throws Exception {
    put("read", MappingExamples.REQUEST.replace("inventory", "topic"));
    byte[] record = eventuallyPublished("read", 1).getFirst().orElseThrow();
    TableMapping mapping = ControlCodec.decode(record, TableMapping.class);
    assertThat(new MappingIndex(List.of(mapping)).of("topic", "orders")).containsExactly(mapping);
    assertThat(mapping.name()).isEqualTo("read");
    assertThat(mapping.keylessPolicy()).isEqualTo(TableMapping.Keyless.MULTISET);
    TypeOptions attributes = mapping.optionsOf("attributes");
    assertThat(attributes.json()).isEqualTo(TypeOptions.Json.JSON);
    assertThat(attributes.zeroDates()).isEqualTo(TypeOptions.ZeroDates.NULL);
    assertThat(attributes.outOfRange()).isEqualTo(TypeOptions.OutOfRange.CLAMP);
    assertThat(attributes.codec()).isNull();
    assertThat(mapping.storage().settings()).containsEntry("index_granularity", "4096");
    assertThat(mapping.computed()).containsOnlyKeys("day");
    assertThat(mapping.excludes("password")).isTrue();
    assertThat(mapping.targetOf("topic", "orders")).isEqualTo(new TargetName("lake", "orders"));
  }

  @Test
  void theListIsOrderedByName() throws Exception {
    for (String name : List.of("list-c", "list-a", "list-b")) {
      put(name, "{\"tables\":\"nothing\"}");
    }
    assertThat(Answers.list(admin.get(MAPPINGS), "$.items[*].name"))
        .filteredOn(name -> String.valueOf(name).startsWith("list-"))
        .containsExactly("list-a", "list-b", "list-c");
  }

  @Test
  void theMostSpecificMappingIsToldAndTheOthersAfterIt() throws Exception {
    put("m-all", "{\"tables\":\"(?i)matched.*\"}");
    put("m-orders", "{\"tables\":\"matched\\\\.orders\"}");
    var orders = admin.get("/api/v1/mapping-matches?table=matched.orders");
    assertThat(Answers.text(orders, "$.mapping")).isEqualTo("m-orders");
    assertThat(Answers.list(orders, "$.applying")).containsExactly("m-orders");
    assertThat(Answers.list(orders, "$.matching")).containsExactly("m-orders", "m-all");
    var items = admin.get("/api/v1/mapping-matches?table=Matched.it%C3%A4ms.x");
    assertThat(Answers.text(items, "$.mapping")).isEqualTo("m-all");
    put("m-past", "{\"tables\":\"matched\\\\..*\",\"mode\":\"HISTORY\"}");
    var both = admin.get("/api/v1/mapping-matches?table=matched.orders");
    assertThat(Answers.list(both, "$.applying")).containsExactly("m-orders", "m-past");
    assertThat(Answers.list(both, "$.matching")).containsExactly("m-orders", "m-all", "m-past");
    var none = admin.get("/api/v1/mapping-matches?table=unmatched.orders");
    assertThat(none.body())
        .isEqualTo(
            "{\"table\":\"unmatched.orders\",\"mapping\":null,\"applying\":[],\"matching\":[]}");
  }

  @Test
  void aTableShowsItsMapping() throws Exception {
    put("shown", "{\"tables\":\"shown\\\\.t\"}");
    report("shown", "t");
    report("plain", "t");
    Eventually.eventually(
        "the table's mapping", Duration.ofSeconds(20), () -> mappingOf("shown"), "shown");
    Eventually.eventually(
        "the other table without one", Duration.ofSeconds(20), () -> mappingOf("plain"), "none");
    admin.delete(MAPPINGS + "/shown");
    Eventually.eventually(
        "the table without a mapping", Duration.ofSeconds(20), () -> mappingOf("shown"), "none");
  }

  private String mappingOf(String database) throws Exception {
    var answer = admin.get("/api/v1/tables/c/" + database + "/t");
    return answer.statusCode() == 200
        ? String.valueOf(Answers.map(answer, "$").get("mapping")).replace("null", "none")
        : "status " + answer.statusCode();
  }

  private void report(String database, String table) throws Exception {
    String topic = "p." + database + "." + table;
    var status =
        new TablePartitionStatus(
            "c",
            topic,
            0,
            database,
            table,
            null,
            null,
            TablePartitionStatus.State.RUNNING,
            null,
            null,
            "apply-1:8082",
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            null,
            null,
            null,
            null,
            null,
            Instant.parse("2026-01-01T12:00:00Z"));
    TopicRecords.write(
        kafka, kafka.topics().status(), TablePartitionStatus.recordKey(topic, 0), status);
  }

  @Test
  void ofRequestsThatMakeTheSameMappingAtOnceTheLastStaysAndNoneFails() throws Exception {
    List<HttpResponse<String>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> asked = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String body = "{\"tables\":\"raced" + i + "\"}";
        asked.add(threads.submit(() -> admin.put(MAPPINGS + "/raced", body)));
      }
      for (var answer : asked) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(200, 201);
    byte[] last = eventuallyPublished("raced", 8).getLast().orElseThrow();
    assertThat(ControlCodec.decode(last, TableMapping.class).tables())
        .isEqualTo(Answers.text(admin.get(MAPPINGS + "/raced"), "$.tables"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/mappings/none, 404, mapping-not-found",
    "DELETE, /api/v1/mappings/none, 404, mapping-not-found",
    "GET, /api/v1/mappings/a%2Fb, 404, mapping-not-found",
    "GET, /api/v1/mappings/%2e%2e%2fconnectors, 404, mapping-not-found",
    "GET, /api/v1/mappings/a%0Ab, 404, mapping-not-found",
    "POST, /api/v1/mappings, 405, method-not-allowed",
    "PATCH, /api/v1/mappings/x, 405, method-not-allowed",
    "GET, /api/v1/mapping-matches, 400, invalid-parameter",
    "GET, /api/v1/mapping-matches?table=orders, 400, invalid-parameter",
    "GET, /api/v1/mapping-matches?table=.orders, 400, invalid-parameter",
    "GET, /api/v1/mapping-matches?table=orders., 400, invalid-parameter"
  })
  void errorsAreProblems(String method, String path, int status, String type) throws Exception {
    assertProblem(admin.send(method, path, null, Map.of()), status, type);
  }

  @Test
  void whatIsTooLongForATableIsRefused() throws Exception {
    String path = "/api/v1/mapping-matches?table=a." + "b".repeat(200);
    assertProblem(admin.get(path), 400, "invalid-parameter");
  }

  @Test
  void onlyJsonIsTakenAndNotMuchOfIt() throws Exception {
    String path = MAPPINGS + "/refused";
    assertProblem(admin.put(path, ""), 400, "malformed-request");
    assertProblem(admin.put(path, "{\"tables\":\"(\"}"), 400, "invalid-mapping");
    assertProblem(
        admin.send("PUT", path, "{}", Map.of("Content-Type", "text/plain")),
        415,
        "unsupported-media-type");
    String large = "{\"tables\":\"" + "x".repeat(10 * 1024 * 1024) + "\"}";
    assertProblem(admin.put(path, large), 413, "body-too-large");
    assertNothingOf("refused");
  }

  /** Names in URLs that would do harm where a name is pasted into SQL, a path or a log. */
  @ParameterizedTest
  @CsvSource({
    "%27%3B%20DROP%20TABLE%20mappings%3B--, 201",
    "%22%20OR%201%3D1, 201",
    "%25_%25, 201",
    "gr%C3%B6%C3%9Fe%F0%9F%90%AC, 201",
    "%7B0%7D%24%7Bx%7D, 201",
    "%2E%2E%2F%2E%2E%2Fetc, 400",
    "a%5Cb, 400",
    "a%0D%0ASet-Cookie:x, 400",
    "%20, 400"
  })
  void aHostileNameIsANameOrRefused(String name, int status) throws Exception {
    String path = MAPPINGS + "/" + name;
    var answer = admin.put(path, "{\"tables\":\"nothing\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    if (status == 201) {
      assertThat(admin.get(path).statusCode()).isEqualTo(200);
      assertThat(admin.delete(path).statusCode()).isEqualTo(204);
    } else {
      assertProblem(answer, 400, "invalid-mapping");
    }
    assertThat(admin.get(MAPPINGS).statusCode()).isEqualTo(200);
  }

  /** Those that the server refuses before they get here are 4xx too. */
  @ParameterizedTest
  @ValueSource(strings = {"a%00b", "%", "..%2f", "%ED%A0%80", "%C0%AF", "a;x=1", "%2e%2e"})
  void aBrokenPathIsNeverAFaultOfTheService(String name) throws Exception {
    for (String method : List.of("GET", "DELETE")) {
      var answer = raw(method, MAPPINGS + "/" + name);
      assertThat(answer).as("%s %s", method, name).startsWith("HTTP/1.1 4");
    }
  }

  private String raw(String method, String path) throws Exception {
    try (var socket = new java.net.Socket(admin.base().getHost(), admin.base().getPort())) {
      socket.setSoTimeout(20_000);
      String request = method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(ControlCodec.key(request));
      return new String(
          socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tables\":\"a\",\"columns\":{\"'; DROP TABLE x; --\":{\"codec\":\"') TTL now() --\"}}}",
        "{\"\\ud800\":1}",
        "{\"tables\":\"\\ud83d\"}",
        "{\"tables\":1e999999999}",
        "{\"tables\":{\"$ne\":null}}",
        "{\"tables\":\"(.*a){30}b\"}",
        "{\"columns\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}",
        "\u0000",
        "{\"name\":\"../../x\",\"tables\":\"a\"}"
      })
  void hostileBodiesAreRefusedAndNothingIsStored(String body) throws Exception {
    var answer = admin.send("PUT", MAPPINGS + "/hostile", body, JSON);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(Answers.text(answer, "$.detail")).isNotBlank();
    assertNothingOf("hostile");
  }

  private void put(String name, String body) throws Exception {
    var answer = admin.put(MAPPINGS + "/" + name, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private void assertNothingOf(String name) throws Exception {
    assertThat(admin.get(MAPPINGS + "/" + name).statusCode()).isEqualTo(404);
    assertThat(TopicRecords.of(kafka.topics().mappings(), name, kafka)).isEmpty();
  }

  private List<Optional<byte[]>> eventuallyPublished(String name, int count) {
    return Eventually.eventuallySees(
        count + " records about " + name,
        Duration.ofSeconds(20),
        () -> TopicRecords.of(kafka.topics().mappings(), name, kafka),
        records -> records.size() == count);
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(Answers.text(answer, "$.type")).isEqualTo("/problems/" + type);
    assertThat(Answers.text(answer, "$.detail")).isNotBlank();
  }
}
