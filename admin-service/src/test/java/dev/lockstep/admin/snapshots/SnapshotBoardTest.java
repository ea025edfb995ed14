package dev.lockstep.admin.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotStatus.State;
import dev.lockstep.common.snapshot.SnapshotTable;
import dev.lockstep.common.snapshot.SnapshotType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("main-job")
class SnapshotBoardTest {
  private static final Instant ASKED = Instant.parse("2026-11-23T05:00:00Z");

  private final SnapshotBoard board = new SnapshotBoard();

  @Test
  void whatHasEndedStaysSoAndALateReportChangesNothing() {
    report(SnapshotType.INCREMENTAL, State.RUNNING, 5);
    report(SnapshotType.INCREMENTAL, State.QUEUED, 4);
    assertThat(shown()).isEqualTo(State.RUNNING);
    report(SnapshotType.INCREMENTAL, State.COMPLETED, 6);
    report(SnapshotType.INCREMENTAL, State.RUNNING, 7);
    assertThat(shown()).isEqualTo(State.COMPLETED);
  }

  @Test
  void anInitialSnapshotCanBeginAgainUnderItsId() {
    report(SnapshotType.INITIAL, State.COMPLETED, 5);
    report(SnapshotType.INITIAL, State.RUNNING, 4);
    assertThat(shown()).isEqualTo(State.COMPLETED);
    report(SnapshotType.INITIAL, State.RUNNING, 6);
    assertThat(shown()).isEqualTo(State.RUNNING);
  }

  @Test
  void aReportReplacesTheRequestAlsoByAClockThatIsBehind() {
    board.add(
        SnapshotCommand.request(
            "1", "c", SnapshotType.INCREMENTAL, List.of(new SnapshotTable("d", "t", null)), ASKED));
    assertThat(shown()).isEqualTo(State.QUEUED);
    report(SnapshotType.INCREMENTAL, State.RUNNING, -5);
    assertThat(shown()).isEqualTo(State.RUNNING);
    assertThat(board.all()).hasSize(1);
  }

  private void report(SnapshotType type, State state, long second) {
    Instant at = ASKED.plusSeconds(second);
    var status =
        new SnapshotStatus("1", "c", type, state, null, List.of(), null, ASKED, null, null, at);
    board.acceptStatus(SnapshotStatus.recordKey("c", "1"), ControlCodec.encode(status));
  }

  private State shown() {
    return board.find("1").orElseThrow().state();
  }
}
