package dev.lockstep.apply.commit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("apply")
class ProgressTest {
  @Test
  void countsAndResetsSurviveInTheCommittedMetadata() {
    Progress before = Progress.of(10, null).afterResets(77);
    Tally tally = new Tally();
    tally.row(10, 79, 4);
    tally.row(11, 80, 5);
    tally.supersede();
    tally.quarantine(12);
    tally.drop(13);
    Progress progress = tally.onto(before, 99);
    assertThat(progress).isEqualTo(new Progress(14, 4, 1, 1, 1, 1, 80, 5, 99, 77));
    assertThat(Progress.of(14, progress.metadata())).isEqualTo(progress);
  }

  @Test
  void metadataOfEarlierReleasesCountsOn() {
    assertThat(Progress.of(13, "lockstep-1,3,1,1,1,80,5,99"))
        .isEqualTo(new Progress(13, 3, 1, 0, 1, 1, 80, 5, 99, 0));
    assertThat(Progress.of(13, "lockstep-1,3,1,1,1,80,5,99,77"))
        .isEqualTo(new Progress(13, 3, 1, 0, 1, 1, 80, 5, 99, 77));
  }

  @Test
  void aRowThatTheTargetRefusesBecomesADeadLetter() {
    Tally tally = new Tally();
    tally.row(10, 79, 4);
    tally.row(11, 80, 5);
    tally.quarantineRow();
    Progress progress = tally.onto(Progress.NONE, 99);
    assertThat(progress.rowsApplied()).isEqualTo(1);
    assertThat(progress.quarantined()).isEqualTo(1);
    assertThat(progress.recordsRead()).isEqualTo(2);
    assertThat(tally.records()).isEqualTo(2);
  }
}
