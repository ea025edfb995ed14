package dev.lockstep.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.system.suite.CommittedEvents;
import dev.lockstep.system.suite.ConnectApi;
import dev.lockstep.system.suite.LockstepSuite;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("capture")
@ExtendWith(Servers.class)
class SmallHeapTest {
  private static final String NAME = "wideheap";
  private static final int ROWS = 600;
  private static final Duration LIMIT = Duration.ofSeconds(300);

  /** What the topic ends with, and how many changes led there. */
  private static final class Captured {
    private final TreeMap<Integer, String> rows = new TreeMap<>();
    private int events;
  }

  @Test
  void aBacklogOfRowsOf200ColumnsAndOneMegabyteIsCapturedInAHeapOf512MegabytesThatIsSmaller(
      MySqlServer mysql, KafkaServer kafka, ClickHouseServer clickHouse) throws Exception {
    var source = new WideRows(mysql, NAME);
    source.create();
    source.insert(1, ROWS / 2);
    try (var suite = new LockstepSuite(NAME, kafka, clickHouse)) {
      suite.capture.withFlags("-Xmx512m", "-XX:+ExitOnOutOfMemoryError");
      suite.capture.start();
      suite.capture.awaitReady();
      run(suite, ConnectApi.tutorial(mysql, NAME, NAME));
      Eventually.eventually("the snapshot", LIMIT, () -> captured(suite).events, ROWS / 2);
      suite.capture.stop();

      source.insert(1 + ROWS / 2, ROWS / 2);
      source.update();
      source.done();
      suite.capture.start();
      awaitMarks(suite, 2);

      Captured captured = captured(suite);
      assertThat(captured.events).isEqualTo(ROWS + ROWS / 10);
      assertThat(captured.rows).isEqualTo(source.rows());
      assertThat(Files.readString(suite.capture.log())).doesNotContain("OutOfMemoryError");
    }
  }

  /** As admin-service asks for it; capture-service needs nobody else. */
  private static void run(LockstepSuite suite, Map<String, String> config) throws Exception {
    Map<String, Object> properties = suite.kafka().clientProperties();
    properties.put("key.serializer", ByteArraySerializer.class);
    properties.put("value.serializer", ByteArraySerializer.class);
    var spec = new ConnectorSpec(NAME, config, DesiredState.RUNNING, 1);
    try (var producer = new KafkaProducer<byte[], byte[]>(properties)) {
      producer
          .send(
              new ProducerRecord<>(
                  suite.kafka().topics().connectors(),
                  ControlCodec.key(NAME),
                  ControlCodec.encode(spec)))
          .get(20, TimeUnit.SECONDS);
    }
  }

  /** The table {@code done} gets a row at the begin and one at the end. */
  private static void awaitMarks(LockstepSuite suite, int count) {
    Eventually.eventually("marks in the topic", LIMIT, () -> marks(suite), count);
  }

  private static int marks(LockstepSuite suite) {
    var count = new AtomicInteger();
    CommittedEvents.read(suite.kafka(), NAME + "." + NAME + ".done", _ -> count.incrementAndGet());
    return count.get();
  }

  private static Captured captured(LockstepSuite suite) {
    var captured = new Captured();
    CommittedEvents.read(
        suite.kafka(),
        NAME + "." + NAME + ".wide",
        item -> {
          JsonNode row = JsonMapper.shared().readTree(item.value()).path("after");
          captured.events++;
          captured.rows.put(
              row.path("id").asInt(),
              row.path("c0").asLong() + " " + digest(row.path("content").asString()));
        });
    return captured;
  }

  private static String digest(String base64) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(base64));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has it", e);
    }
  }
}
