package dev.lockstep.benchmarks.encoder;

import dev.lockstep.apply.encode.EventEncoder;
import dev.lockstep.apply.encode.RowForm;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.apply.types.TargetColumn;
import dev.lockstep.apply.types.TypeRules;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.mapping.TypeOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
 * Nanoseconds and bytes allocated for one value. An event of {@value #COLUMNS} columns of the same
 * type is encoded, so that what an event costs by itself is shared by many values.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class EncoderBenchmark {
  private static final int COLUMNS = 500;

  /** The family of types. */
  @Param public Family family = Family.INT;

  private final RowBuffer out = new RowBuffer(1024 * 1024);
  private EventEncoder encoder = new EventEncoder(List.of(), RowForm.MIRROR);
  private byte[] event = {};

  /** Makes the event. */
  @Setup
  public void prepare() {
    List<TargetColumn> columns =
        IntStream.range(0, COLUMNS)
            .mapToObj(i -> TypeRules.target(family.column("c" + i), TypeOptions.NONE))
            .toList();
    encoder = new EventEncoder(columns, RowForm.MIRROR);
    event =
        columns.stream()
            .map(column -> "\"" + column.name() + "\":" + family.json())
            .collect(Collectors.joining(",", "{\"before\":null,\"after\":{", "},\"op\":\"c\"}"))
            .getBytes(StandardCharsets.UTF_8);
  }

  /** One value, from JSON to RowBinary. */
  @Benchmark
  @OperationsPerInvocation(COLUMNS)
  public int value() {
    out.truncate(0);
    encoder.encode(event, ZeroDates.NONE, Undecodable.NONE, 1, out);
    return out.size();
  }
}
