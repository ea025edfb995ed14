package dev.lockstep.apply.commit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("capture")
class ProgressTest {
  @Test
  void theMetadataOfAnOffsetHoldsAllCountsAndTheResetsThatAreCarriedOut() {
    Tally tally = new Tally(Progress.of(10, null).afterResets(77));
    tally.row(10, 80, 5);
    tally.drop(11);
    tally.quarantine(12);
    Progress progress = tally.settle(99);
    assertThat(progress).isEqualTo(new Progress(13, 3, 1, 1, 1, 80, 5, 99, 77));
    assertThat(Progress.of(13, progress.metadata())).isEqualTo(progress);
    assertThat(progress.at(14).resetMark()).isEqualTo(77);
  }

  @Test
  void metadataThatWasWrittenBeforeThereWereResetsIsRead() {
    assertThat(Progress.of(13, "lockstep-1,3,1,1,1,80,5,99"))
        .isEqualTo(new Progress(13, 3, 1, 1, 1, 80, 5, 99, 0));
  }
}
