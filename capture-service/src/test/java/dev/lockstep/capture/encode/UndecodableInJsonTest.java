package dev.lockstep.capture.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.event.Undecodable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("types")
class UndecodableInJsonTest {
  private static final Schema ROW =
      SchemaBuilder.struct()
          .field("k", Schema.STRING_SCHEMA)
          .field("t", Schema.OPTIONAL_STRING_SCHEMA)
          .build();
  private static final Schema ENVELOPE =
      SchemaBuilder.struct().field("before", ROW).field("after", ROW).build();

  /** Of sjis {@code 618540}. */
  private static final String MARKER = "\udfff618540\udfffa?";

  private final ConnectJson json = new ConnectJson();

  @Test
  void aMarkerIsWhatMySqlShowsWithItsBytesBeside() {
    Struct row = new Struct(ROW).put("k", MARKER).put("t", "a?");
    assertThat(encode(ROW, row)).isEqualTo("{\"k\":\"a?\",\"t\":\"a?\"}");
    assertThat(json.undecodable()).as("of a key").isSameAs(Undecodable.NONE);
    String written = encode(ENVELOPE, change(new Struct(ROW).put("k", "?"), row));
    assertThat(written)
        .isEqualTo("{\"before\":{\"k\":\"?\",\"t\":null},\"after\":{\"k\":\"a?\",\"t\":\"a?\"}}");
    assertThat(json.undecodable()).isEqualTo(new Undecodable(Map.of(), Map.of("k", "618540")));
    encode(ENVELOPE, change(row, row));
    assertThat(json.undecodable().before()).isEqualTo(Map.of("k", "618540"));
  }

  @Test
  void nothingIsLeftOfAnEarlierEvent() {
    Struct row = new Struct(ROW).put("k", MARKER);
    encode(ENVELOPE, change(row, row));
    Struct plain = new Struct(ROW).put("k", "a?");
    encode(ENVELOPE, change(plain, plain));
    assertThat(json.undecodable()).isSameAs(Undecodable.NONE);
  }

  private static Struct change(Struct before, Struct after) {
    return new Struct(ENVELOPE).put("before", before).put("after", after);
  }

  private String encode(Schema schema, Struct value) {
    byte[] written = json.encode(schema, value);
    assertThat(written).isNotNull();
    return new String(written, StandardCharsets.UTF_8);
  }
}
