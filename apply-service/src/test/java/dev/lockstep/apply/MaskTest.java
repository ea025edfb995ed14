package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.column;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.apply.SourceTopic.deleted;
import static dev.lockstep.apply.SourceTopic.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.apply.tables.Salts;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.common.schema.Wire;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Values that the target must not have. */
@Tag("apply")
@ExtendWith(Servers.class)
class MaskTest {
  private static final String SECRET = "correct horse battery staple";
  private static final String SALTS = "--lockstep.apply.salts.people=" + SECRET;
  private static final String HASH = "{'mask':{'kind':'HASH','salt':'people'}}";
  private static final String REDACT = "{'mask':{'kind':'REDACT'}}";

  private static Column of(
      String name, String type, @Nullable Integer length, @Nullable Integer scale, Wire wire) {
    return new Column(name, type, length, scale, true, wire);
  }

  private static Wire wire(String type, @Nullable String semantic) {
    return new Wire(type, semantic, Map.of());
  }

  private static final List<Column> COLUMNS =
      List.of(
          ID,
          of("mail", "VARCHAR", 40, null, wire("string", null)),
          of("big", "BIGINT UNSIGNED", null, null, wire("int64", null)),
          of("net", "DECIMAL", 30, 3, wire("string", null)),
          of("day", "DATE", null, null, wire("int32", "io.debezium.time.Date")),
          of("photo", "BLOB", null, null, wire("bytes", null)),
          of("kind", "ENUM", null, null, wire("string", "io.debezium.data.Enum")));

  private static String row(int id, String mail) {
    return "{\"id\":%d,\"mail\":%s,\"big\":-1,\"net\":\"-0.500\",\"day\":19782,\"photo\":\"AP8=\",\"kind\":\"x\"}"
        .formatted(id, mail);
  }

  private static String empty(int id) {
    return "{\"id\":%d,\"mail\":null,\"big\":null,\"net\":null,\"day\":null,\"photo\":null,\"kind\":null}"
        .formatted(id);
  }

  private static String all(String mask) {
    var columns = new StringBuilder();
    for (String name : List.of("mail", "big", "net", "day", "photo", "kind")) {
      columns.append(columns.isEmpty() ? "" : ",").append("'%s':%s".formatted(name, mask));
    }
    return columns.toString();
  }

  private static String hash(String expression) {
    return "lower(hex(HMAC('SHA256', %s, '%s')))".formatted(expression, SECRET);
  }

  /** What ClickHouse itself computes is the measure. */
  @Test
  void hashesAreThoseOfTheTextsThatMySqlShows(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("hashed")) {
      pipeline
          .source()
          .map("m", "{'tables':'hashed.*','columns':{%s,'id':%s}}".formatted(all(HASH), HASH));
      TableSchema schema = pipeline.table("hashed", "t", COLUMNS, List.of("id"));
      TableSchema bare = pipeline.table("hashed", "bare", COLUMNS, List.of());
      for (TableSchema each : List.of(schema, bare)) {
        pipeline
            .source()
            .publish(each, created(row(1, "\"x\"")), updated(row(1, "\"x\""), row(1, "\"Zoë\"")));
        pipeline.source().publish(each, created(empty(2)), created(row(3, "\"\"")));
        pipeline.source().publish(each, deleted(row(3, "\"\"")));
        var zero = new ZeroDates(Map.of(), Map.of("day", "0000-00-00"));
        pipeline.source().publish(each, zero, created(row(4, "\"x\"").replace("19782", "null")));
      }
      pipeline.start(SALTS);
      pipeline.awaitApplied(schema);
      pipeline.awaitApplied(bare);
      String query =
          "SELECT * FROM (SELECT id, mail, big, net, day, photo, kind FROM hashed.%s) ORDER BY id";
      String row =
          "SELECT %s AS id, %s, %s, %s, %s, %s, %s"
              .formatted(
                  hash("'%s'"),
                  hash("'%s'"),
                  hash("'18446744073709551615'"),
                  hash("'-0.500'"),
                  hash("'%s'"),
                  hash("unhex('00FF')"),
                  hash("'x'"));
      String expected =
          clickHouse.query(
              "SELECT * FROM (%s UNION ALL %s UNION ALL SELECT %s, NULL, NULL, NULL, NULL, NULL, NULL) ORDER BY id"
                  .formatted(
                      row.formatted("1", "Zoë", "2024-02-29"),
                      row.formatted("4", "x", "0000-00-00"),
                      hash("'2'")));
      assertThat(clickHouse.query(query.formatted("t FINAL"))).isEqualTo(expected);
      assertThat(clickHouse.query(query.formatted("bare"))).isEqualTo(expected);
      assertThat(clickHouse.query("SELECT * FROM hashed.t")).doesNotContain("Zoë", "0.5", "2024");
      assertThat(clickHouse.query("SHOW CREATE TABLE hashed.t"))
          .contains("`id` String COMMENT", "(kept by Lockstep as HASH people)")
          .doesNotContain(SECRET);
    }
  }

  @Test
  void redactedAndTruncatedValuesAreWhatTheirTypeCanHold(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("redacted")) {
      pipeline.source().map("r", "{'tables':'redacted.r','columns':{%s}}".formatted(all(REDACT)));
      String first = "{'mask':{'kind':'TRUNCATE','length':2}}";
      pipeline
          .source()
          .map(
              "f",
              "{'tables':'redacted.f','columns':{'mail':%s,'kind':%s}}".formatted(first, first));
      TableSchema redacted = pipeline.table("redacted", "r", COLUMNS, List.of("id"));
      TableSchema truncated = pipeline.table("redacted", "f", COLUMNS, List.of("id"));
      String unheld = row(3, "\"ab\"").replace("-0.500", "not a number at all");
      for (TableSchema each : List.of(redacted, truncated)) {
        pipeline.source().publish(each, created(row(1, "\"Zo\u00eb\"")), created(empty(2)));
        pipeline.source().publish(each, created(row(4, "\"\\ud83d\\ude00é€\"")));
      }
      pipeline.source().publish(redacted, created(unheld));
      pipeline.start();
      // No value is looked at, so none is at fault.
      assertThat(pipeline.awaitApplied(redacted).recordsQuarantined()).isZero();
      pipeline.awaitApplied(truncated);
      String found = "***\t0\t0\t1970-01-01\t***\t***\n";
      assertThat(
              clickHouse.query(
                  "SELECT * EXCEPT (_version, _deleted) FROM redacted.r FINAL ORDER BY id"))
          .isEqualTo("1\t" + found + "2" + "\t\\N".repeat(6) + "\n3\t" + found + "4\t" + found);
      assertThat(clickHouse.query("SELECT id, mail, kind FROM redacted.f FINAL ORDER BY id"))
          .isEqualTo("1\tZo\tx\n2\t\\N\t\\N\n4\t\ud83d\ude00é\tx\n");
    }
  }

  @Test
  void noReasonShowsAMaskedValue() throws Exception {
    try (Pipeline pipeline = new Pipeline("unshown")) {
      pipeline.source().map("m", "{'tables':'unshown.t','columns':{'net':%s}}".formatted(HASH));
      TableSchema schema = pipeline.table("unshown", "t", COLUMNS, List.of("id"));
      pipeline.source().publish(schema, created(row(1, "\"x\"").replace("-0.500", "hush12345")));
      pipeline.start(SALTS);
      assertThat(pipeline.awaitApplied(schema).recordsQuarantined()).isEqualTo(1);
      var letter =
          ControlReader.records(
                  pipeline.kafka(), pipeline.kafka().topics().deadLetters(), schema.topic())
              .getFirst();
      assertThat(new String(letter.value(), StandardCharsets.UTF_8)).contains("hush12345");
      letter
          .headers()
          .forEach(
              header ->
                  assertThat(new String(header.value(), StandardCharsets.UTF_8))
                      .as(header.key())
                      .doesNotContain("hush12345"));
    }
  }

  @Test
  void whatCantBeRightIsRefused() throws Exception {
    Map<String, String> cases = new LinkedHashMap<>();
    cases.put("'columns':{'id':%s}".formatted(REDACT), "Key column id can't have mask REDACT");
    cases.put(
        "'columns':{'mail':{'mask':{'kind':'HASH','salt':'nobody'}}}",
        "needs the salt nobody, which apply-service does not have. Set lockstep.apply.salts.nobody");
    cases.put(
        "'columns':{'ratio':%s}".formatted(HASH),
        "Column ratio of type DOUBLE can't have mask HASH");
    cases.put(
        "'columns':{'big':{'mask':{'kind':'TRUNCATE','length':1}}}",
        "Column big of type BIGINT UNSIGNED can't have mask TRUNCATE, which is for texts");
    cases.put(
        "'columns':{'place':%s},'orderBy':['id','place']".formatted(REDACT),
        "uses place, which has mask REDACT");
    cases.put(
        "'columns':{'place':%s},'mode':'HISTORY','ttl':'toDate(place)'".formatted(REDACT),
        "uses place, which has mask REDACT");
    try (Pipeline pipeline = new Pipeline("unmaskable")) {
      List<Column> columns =
          List.of(
              ID,
              COLUMNS.get(1),
              COLUMNS.get(2),
              column("place", "INT", false, "int32"),
              column("ratio", "DOUBLE", true, "float64"));
      pipeline.start(SALTS);
      int i = 0;
      for (Map.Entry<String, String> each : cases.entrySet()) {
        String name = "t" + i++;
        pipeline.source().map(name, "{'tables':'unmaskable.%s',%s}".formatted(name, each.getKey()));
        TableSchema schema = pipeline.table("unmaskable", name, columns, List.of("id"));
        pipeline.source().publish(schema, created("{}"));
        pipeline.awaitFailure(schema, each.getValue());
      }
    }
  }

  @Test
  void aTableThatWasFilledWithoutTheMaskIsToldApart(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("unmasked")) {
      TableSchema schema = pipeline.table("unmasked", "t", COLUMNS, List.of("id"));
      pipeline.start(SALTS);
      pipeline.source().publish(schema, created(row(1, "\"x\"")));
      pipeline.awaitApplied(schema);
      pipeline.source().map("m", "{'tables':'unmasked.t','columns':{'mail':%s}}".formatted(HASH));
      pipeline.awaitFailureOn(
          schema,
          created(row(2, "\"x\"")),
          "its column mail holds values as RAW",
          "as HASH people");
      assertThat(clickHouse.query("SELECT count() FROM unmasked.t WHERE length(mail) = 64"))
          .isEqualTo("0\n");
    }
  }

  @Test
  void aShortSaltIsRefusedAndNotShown() {
    assertThatThrownBy(() -> new Salts(Map.of("people", "tooshort")))
        .hasMessageContaining("lockstep.apply.salts.people is shorter than 16 characters")
        .hasMessageNotContaining("tooshort");
  }
}
