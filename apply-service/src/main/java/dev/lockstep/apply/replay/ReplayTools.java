package dev.lockstep.apply.replay;

import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.meters.ApplyMeters;
import dev.lockstep.apply.meters.Figures;
import dev.lockstep.apply.parts.TargetParts;
import dev.lockstep.apply.quarantine.DeadLetter;
import dev.lockstep.apply.quarantine.DeadLetters;
import dev.lockstep.apply.quarantine.QuarantineCap;
import dev.lockstep.apply.quarantine.RecordSource;
import dev.lockstep.apply.schemas.ControlState;
import dev.lockstep.apply.settings.QuarantineSettings;
import dev.lockstep.apply.tables.TargetTables;
import dev.lockstep.apply.write.Inserts;
import dev.lockstep.apply.write.SnapshotMarks;
import dev.lockstep.apply.write.TableWriter;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.replay.ReplayRequest;
import dev.lockstep.common.replay.ReplayRequest.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a replay is carried out with. What the live stream keeps of a table is apart from it: the
 * tables that it knows, its cap on quarantine, its meters.
 *
 * @param kafka where the records are
 * @param control schemas, mappings, resets
 * @param clickHouse the target
 * @param tables makes what prepares tables, which knows none
 * @param deadLetters where records go that can't be applied
 * @param quarantine how many of them may be
 * @param clock the time
 */
public record ReplayTools(
    KafkaSettings kafka,
    ControlState control,
    ClickHouse clickHouse,
    Supplier<TargetTables> tables,
    DeadLetters deadLetters,
    QuarantineSettings quarantine,
    InstantSource clock) {
  /** Nothing of a replay is in the meters of its table. */
  private record Unmeasured() implements Figures {
    @Override
    public double lagRecords(String topic) {
      return Double.NaN;
    }

    @Override
    public double lagSeconds(String topic) {
      return Double.NaN;
    }

    @Override
    public double parts(String topic) {
      return Double.NaN;
    }
  }

  ReplayTargets targets(ReplayRequest request) {
    return new ReplayTargets(request, control, tables.get(), clickHouse);
  }

  /** What writes a replay's rows; one that knows no table yet. */
  TableWriter writer(ReplayRequest request, ReplayTargets targets) {
    var cap = new QuarantineCap(cap(request), clock);
    var meters =
        new ApplyMeters(
            new SimpleMeterRegistry(), topic -> Optional.empty(), false, new Unmeasured(), clock);
    var parts = new TargetParts(clickHouse, clock);
    return new TableWriter(
        control,
        tables.get(),
        new Inserts(clickHouse, new RecordSource(kafka), cap, meters, parts),
        new SnapshotMarks(clickHouse),
        quarantine(request),
        cap,
        meters,
        targets);
  }

  /** Dead letters that still can't be applied stay where they are. */
  private Consumer<List<DeadLetter>> quarantine(ReplayRequest request) {
    return request.source() == Source.DEAD_LETTERS ? letters -> {} : deadLetters::write;
  }

  private QuarantineSettings cap(ReplayRequest request) {
    return request.source() == Source.DEAD_LETTERS
        ? new QuarantineSettings(quarantine.window(), Integer.MAX_VALUE, 1, Integer.MAX_VALUE)
        : quarantine;
  }
}
