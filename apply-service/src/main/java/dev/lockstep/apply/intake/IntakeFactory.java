package dev.lockstep.apply.intake;

import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.lag.Arrivals;
import dev.lockstep.apply.meters.ApplyMeters;
import dev.lockstep.apply.pipeline.Budget;
import dev.lockstep.apply.pipeline.Flush;
import dev.lockstep.apply.pipeline.Pipeline;
import dev.lockstep.apply.settings.ApplySettings;
import dev.lockstep.apply.write.ResetRun;
import dev.lockstep.apply.write.TableWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;

/** Makes an intake, with a pipeline of its own, for each consumer. */
public final class IntakeFactory {
  private final TableWriter writer;
  private final ResetRun resets;
  private final Offsets offsets;
  private final Halts halts;
  private final ApplySettings settings;
  private final Budget budget;
  private final ToDoubleFunction<String> partsShare;
  private final Arrivals arrivals;
  private final ApplyMeters meters;
  private final InstantSource clock;

  /**
   * Over these.
   *
   * @param partsShare how many parts a topic's tables have: 1 where ClickHouse brakes inserts
   */
  public IntakeFactory(
      TableWriter writer,
      ResetRun resets,
      Offsets offsets,
      Halts halts,
      ApplySettings settings,
      Budget budget,
      ToDoubleFunction<String> partsShare,
      Arrivals arrivals,
      ApplyMeters meters,
      InstantSource clock) {
    this.writer = writer;
    this.resets = resets;
    this.offsets = offsets;
    this.halts = halts;
    this.settings = settings;
    this.budget = budget;
    this.partsShare = partsShare;
    this.arrivals = arrivals;
    this.meters = meters;
    this.clock = clock;
  }

  Intake create(String name) {
    var flush =
        new Flush(
            settings.flush().rows(),
            settings.flush().bytes().toBytes(),
            settings.flush().delay(),
            settings.flush().maxDelay());
    var pipeline =
        new Pipeline(
            name,
            writer,
            flush,
            budget,
            settings.concurrentInserts(),
            offsets::rowsApplied,
            partsShare,
            clock);
    Duration drainLimit = settings.clickhouse().requestTimeout();
    return new Intake(pipeline, resets, offsets, halts, arrivals, meters, drainLimit);
  }
}
