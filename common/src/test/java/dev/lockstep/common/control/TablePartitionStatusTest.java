package dev.lockstep.common.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.TablePartitionStatus.State;
import dev.lockstep.common.kafka.ControlCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("apply")
class TablePartitionStatusTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void itIsReadAsItWasWritten() {
    var status =
        new TablePartitionStatus(
            "c",
            "p.d.t",
            3,
            "d",
            "t",
            "x",
            "y",
            State.RETRYING,
            "why",
            NOON,
            "h:1",
            10,
            4,
            3,
            2,
            1,
            11,
            12,
            NOON,
            NOON,
            5L,
            NOON,
            1.5,
            NOON);
    assertThat(ControlCodec.decode(ControlCodec.encode(status), TablePartitionStatus.class))
        .isEqualTo(status);
  }

  @Test
  void whatAnEarlierReleaseDidNotReportIsNotKnown() {
    String earlier =
        """
        {"connector":"c","topic":"p.d.t","partition":3,"sourceDatabase":"d","sourceTable":"t",
        "targetDatabase":"x","targetTable":"y","state":"RUNNING","reason":null,"owner":"h:1",
        "recordsRead":10,"rowsApplied":8,"recordsQuarantined":2,"nextOffset":11,"lastVersion":12,
        "lastSourceTime":null,"lastAppliedAt":null,"at":"2026-01-01T12:00:00Z"}""";
    var status =
        ControlCodec.decode(earlier.getBytes(StandardCharsets.UTF_8), TablePartitionStatus.class);
    assertThat(status.rowsApplied()).isEqualTo(8);
    assertThat(status.rowsSuperseded()).isZero();
    assertThat(status.recordsDropped()).isZero();
    assertThat(status.haltedSince()).isNull();
    assertThat(status.lagRecords()).isNull();
    assertThat(status.oldestWaitingAt()).isNull();
    assertThat(status.recordsPerSecond()).isNull();
  }
}
