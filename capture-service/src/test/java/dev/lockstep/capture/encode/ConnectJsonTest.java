package dev.lockstep.capture.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

@Tag("main-job")
class ConnectJsonTest {
  private static final Schema NESTED =
      SchemaBuilder.struct()
          .field("x", Schema.INT32_SCHEMA)
          .field("y\"z", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static List<Arguments> values() {
    return List.of(
        Arguments.of(Schema.INT8_SCHEMA, (byte) -128),
        Arguments.of(Schema.INT16_SCHEMA, (short) 32767),
        Arguments.of(Schema.INT32_SCHEMA, Integer.MIN_VALUE),
        Arguments.of(Schema.INT64_SCHEMA, Long.MAX_VALUE),
        Arguments.of(Schema.FLOAT32_SCHEMA, 0.1f),
        Arguments.of(Schema.FLOAT64_SCHEMA, -1.7976931348623157E308),
        Arguments.of(Schema.BOOLEAN_SCHEMA, true),
        Arguments.of(Schema.STRING_SCHEMA, "tab\t \"quote\" \\ \u0001 ä 漢 😀"),
        Arguments.of(Schema.BYTES_SCHEMA, new byte[] {0, 1, -1}),
        Arguments.of(Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[] {9, 8})),
        Arguments.of(Decimal.schema(3), new BigDecimal("-12345678901234567890.123")),
        Arguments.of(org.apache.kafka.connect.data.Date.SCHEMA, new Date(86_400_000L * 20_000)),
        Arguments.of(Time.SCHEMA, new Date(3_600_000L)),
        Arguments.of(Timestamp.SCHEMA, new Date(1_700_000_000_123L)),
        Arguments.of(
            SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA).build(),
            java.util.Arrays.asList(1, null, 3)),
        Arguments.of(
            SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA).build(), Map.of("k", 1)),
        Arguments.of(
            SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.STRING_SCHEMA).build(), Map.of(7, "v")),
        Arguments.of(NESTED, new Struct(NESTED).put("x", 5).put("y\"z", null)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void writesWhatKafkaConnectsJsonConverterWrites(Schema schema, Object value) {
    Schema row = SchemaBuilder.struct().field("v", schema).build();
    Struct struct = new Struct(row).put("v", value);
    try (var converter = new JsonConverter()) {
      converter.configure(
          Map.of("schemas.enable", "false", "replace.null.with.default", "false"), false);
      byte[] expected = converter.fromConnectData("t", row, struct);
      byte[] actual = new ConnectJson().encode(row, struct);
      assertThat(JsonMapper.shared().readTree(actual))
          .isEqualTo(JsonMapper.shared().readTree(expected));
    }
  }

  @Test
  void aNullStaysNullWhereTheColumnHasADefault() {
    Schema row =
        SchemaBuilder.struct()
            .field("v", SchemaBuilder.int32().optional().defaultValue(1_000_000).build())
            .build();
    var json = new ConnectJson();
    assertThat(text(json.encode(row, new Struct(row).put("v", null)))).isEqualTo("{\"v\":null}");
    assertThat(text(json.encode(row, new Struct(row).put("v", 1_000_000))))
        .isEqualTo("{\"v\":1000000}");
  }

  @Test
  void aTombstoneIsNull() {
    assertThat(new ConnectJson().encode(null, null)).isNull();
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
