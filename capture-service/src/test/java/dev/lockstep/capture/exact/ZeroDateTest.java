package dev.lockstep.capture.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.BitSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("types")
class ZeroDateTest {
  @Test
  void everyDateOfMySqlIsOneOfItsOwn() {
    BitSet markers = new BitSet();
    for (int year = 0; year <= 9999; year++) {
      for (int month = 0; month <= 12; month++) {
        for (int day = 0; day <= 31; day++) {
          LocalDate date = ZeroDate.date(year, month, day);
          boolean marker = ZeroDate.isMarker(date.toEpochDay());
          if (marker) {
            int code = (int) (ZeroDate.LAST_MARKER - date.toEpochDay());
            assertThat(markers.get(code)).isFalse();
            markers.set(code);
            ZeroDate back = ZeroDate.of(date);
            assertThat(back.year() == year && back.month() == month && back.day() == day).isTrue();
            assertThat(date.getYear()).isNegative();
          } else {
            assertThat(date.getYear() == year && date.getDayOfMonth() == day).isTrue();
          }
        }
      }
    }
    assertThat(markers.cardinality()).isEqualTo(10_000 * 13 * 32 - 3_652_059);
  }

  @Test
  void theTextHasTheDeclaredDigits() {
    var marker = ZeroDate.date(2024, 5, 0).atTime(LocalTime.of(1, 2, 3, 45_600_000));
    assertThat(ZeroDate.text(marker, 0)).isEqualTo("2024-05-00 01:02:03");
    assertThat(ZeroDate.text(marker, 3)).isEqualTo("2024-05-00 01:02:03.045");
    assertThat(ZeroDate.text(marker, 6)).isEqualTo("2024-05-00 01:02:03.045600");
  }
}
