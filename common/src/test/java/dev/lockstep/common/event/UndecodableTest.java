package dev.lockstep.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("types")
class UndecodableTest {
  @Test
  void theHeaderGivesBackWhatWasPutIn() {
    Undecodable texts = new Undecodable(Map.of("d", "8540"), Map.of("ü\"", "3F81"));
    var headers = new RecordHeaders().add(EventHeaders.UNDECODABLE, texts.encode());
    assertThat(Undecodable.read(headers)).isEqualTo(texts);
    assertThat(Undecodable.read(new RecordHeaders())).isSameAs(Undecodable.NONE);
  }

  @Test
  void aHeaderThatIsNotItsJsonIsMalformed() {
    for (String value : new String[] {"", "[]", "{\"after\":1}", "x"}) {
      var headers = new RecordHeaders().add(EventHeaders.UNDECODABLE, value.getBytes());
      assertThatThrownBy(() -> Undecodable.read(headers))
          .as(value)
          .isInstanceOf(MalformedEventException.class);
    }
  }
}
