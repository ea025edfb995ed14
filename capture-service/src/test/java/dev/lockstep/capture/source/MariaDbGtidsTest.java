package dev.lockstep.capture.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("capture")
class MariaDbGtidsTest {
  @Test
  void transactionsAreCountedByDomainWhateverServerMadeThem() {
    assertThat(MariaDbGtids.between("0-1-100", "0-1-100")).isZero();
    assertThat(MariaDbGtids.between("0-1-100", "0-2-107")).isEqualTo(7);
    assertThat(MariaDbGtids.between("0-1-100,5-1-20", "0-1-103,5-1-21")).isEqualTo(4);
  }

  @Test
  void allOfANewDomainAreCountedAndNoneThatTheSourceLacks() {
    assertThat(MariaDbGtids.between("0-1-100", "0-1-100,7-3-5")).isEqualTo(5);
    assertThat(MariaDbGtids.between("0-1-100", "0-1-90")).isZero();
    assertThat(MariaDbGtids.between("", "0-1-2")).isEqualTo(2);
    assertThat(MariaDbGtids.between("0-1-2", "")).isZero();
  }

  @Test
  void anotherTextIsRefused() {
    assertThatThrownBy(() -> MariaDbGtids.between("0-1-1", "3e11fa47-71ca:1-5"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
