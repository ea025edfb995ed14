package dev.lockstep.capture.chunks;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.config.Configuration;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.MySqlOffsetContext;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("capture")
class StreamPositionTest {
  private static final String SERVER = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

  @Test
  void isWithinTheSourceOnlyWhenEveryTransactionThatWasBroughtIsExecutedThere() {
    StreamPosition stream =
        StreamPosition.between(Dialect.MYSQL, offset(Map.of("gtids", SERVER + ":1-7")));
    assertThat(stream.isWithin(SERVER + ":1-6")).isFalse();
    assertThat(stream.isWithin(SERVER + ":1-5:7")).isFalse();
    assertThat(stream.isWithin("")).isFalse();
    assertThat(stream.isWithin(SERVER + ":1-7")).isTrue();
    assertThat(stream.isWithin(SERVER + ":1-8")).isTrue();
  }

  @Test
  void whatWasBroughtBeforeAnyTransactionIsWithinEverySource() {
    StreamPosition stream = StreamPosition.between(Dialect.MYSQL, offset(Map.of()));
    assertThat(stream.isWithin("")).isTrue();
  }

  @Test
  void aPlaceInTheBinlogIsComparedByTheNumberOfItsFile() {
    StreamPosition stream = StreamPosition.between(Dialect.MARIADB, offset(Map.of()));
    assertThat(stream.isUpTo("binlog.000002", 157)).isTrue();
    assertThat(stream.isUpTo("binlog.000002", 156)).isFalse();
    assertThat(stream.isUpTo("binlog.000001", 9_000)).isFalse();
    assertThat(stream.isUpTo("binlog.000010", 4)).isTrue();
    assertThat(stream.isUpTo("other.000003", 4)).isFalse();
  }

  @Test
  void withoutGtidsTheEndOfTheBinlogIsComparedLikewise() {
    StreamPosition stream = StreamPosition.between(Dialect.MYSQL_WITHOUT_GTIDS, offset(Map.of()));
    assertThat(stream.isPast("binlog.000002:157")).isTrue();
    assertThat(stream.isPast("binlog.000002:158")).isFalse();
    assertThat(stream.isPast("binlog.000001:9000")).isTrue();
    assertThat(stream.isPast("binlog.000010:4")).isFalse();
    assertThat(stream.isPast("other.000001:4")).isFalse();
  }

  @Test
  void anOffsetOfARowInTheMiddleStandsInATransaction() {
    assertThat(StreamPosition.isInTransaction(offset(Map.of("event", 2L)))).isTrue();
    assertThat(StreamPosition.isInTransaction(offset(Map.of("event", 2L, "row", 5)))).isTrue();
    assertThat(StreamPosition.isInTransaction(offset(Map.of("row", 1)))).isTrue();
  }

  @Test
  void anOffsetOfABeginOrBetweenTransactionsDoesNot() {
    assertThat(StreamPosition.isInTransaction(offset(Map.of()))).isFalse();
    assertThat(StreamPosition.isInTransaction(offset(Map.of("event", 1L)))).isFalse();
  }

  private static MySqlOffsetContext offset(Map<String, Object> entries) {
    Map<String, Object> all = new HashMap<>(Map.of("file", "binlog.000002", "pos", 157L));
    all.putAll(entries);
    var config =
        new MySqlConnectorConfig(
            Configuration.create()
                .with("topic.prefix", "shop")
                .with("database.hostname", "mysql")
                .with("database.user", "u")
                .with("database.server.id", 1)
                .build());
    return new MySqlOffsetContext.Loader(config).load(all);
  }
}
