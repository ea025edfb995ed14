package dev.lockstep.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("types")
class ZeroDatesTest {
  @Test
  void theHeaderGivesBackWhatWasPutIn() {
    ZeroDates dates = new ZeroDates(Map.of("d", "0000-00-00"), Map.of("ü\"", "2024-05-00"));
    var headers = new RecordHeaders().add(EventHeaders.ZERO_DATES, dates.encode());
    assertThat(ZeroDates.read(headers)).isEqualTo(dates);
    assertThat(ZeroDates.read(new RecordHeaders())).isSameAs(ZeroDates.NONE);
  }

  @Test
  void aHeaderThatIsNotItsJsonIsMalformed() {
    for (String value : new String[] {"", "[]", "{\"after\":1}", "x"}) {
      var headers = new RecordHeaders().add(EventHeaders.ZERO_DATES, value.getBytes());
      assertThatThrownBy(() -> ZeroDates.read(headers))
          .as(value)
          .isInstanceOf(MalformedEventException.class);
    }
  }
}
