package dev.lockstep.benchmarks.encoder;

import dev.lockstep.apply.encode.EventEncoder;
import dev.lockstep.apply.encode.RowForm;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Rows per second and bytes allocated for a row: whole events of 8 columns, {@value #EVENTS} that
 * differ, in turns.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
public class EventBenchmark {
  private static final int EVENTS = 1000;

  /** What the events are. */
  @Param public Change change = Change.INSERT;

  private final RowBuffer out = new RowBuffer(1024 * 1024);
  private EventEncoder encoder = new EventEncoder(List.of(), RowForm.MIRROR);
  private byte[][] events = {};

  /** Makes the events. */
  @Setup
  public void prepare() {
    encoder = new EventEncoder(Orders.columns(), RowForm.MIRROR);
    events = new Orders().events(change, EVENTS);
  }

  /** From an envelope's bytes to RowBinary. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int row() {
    out.truncate(0);
    for (byte[] event : events) {
      encoder.encode(event, ZeroDates.NONE, Undecodable.NONE, 1, out);
    }
    return out.size();
  }
}
