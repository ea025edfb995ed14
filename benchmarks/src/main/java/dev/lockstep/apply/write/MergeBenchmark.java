package dev.lockstep.apply.write;

import dev.lockstep.apply.types.RowBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
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
 * Rows per second that are put into a block of {@value #ROWS}, of which older ones give way to the
 * newest of their key, and bytes allocated for a row. The rows are encoded before, 200 bytes each,
 * and what is left is written to nowhere.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
public class MergeBenchmark {
  private static final int ROWS = 100_000;

  /** How many keys the rows have; each is as often as any other, at random places. */
  @Param({"100000", "10000", "100"})
  public int keys;

  private final byte[] row = new byte[198];
  private byte[][] keyOfRow = {};

  /** Makes the keys as consumers give them, each with bytes of its own. */
  @Setup
  public void prepare() {
    var random = new Random(20261123);
    keyOfRow = new byte[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      int id = keys == ROWS ? i : random.nextInt(keys);
      keyOfRow[i] = "{\"id\":%d}".formatted(id).getBytes(StandardCharsets.UTF_8);
    }
  }

  /** One row's share of a block. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int row() throws IOException {
    var entries = new RowEntries();
    var latest = new LatestByKey();
    for (int i = 0; i < ROWS; i++) {
      RowBuffer buffer = entries.buffer();
      int start = buffer.size();
      buffer.putText(row);
      entries.add(start, 1, 0, i, true);
      int gone = latest.add(keyOfRow[i], i);
      if (gone != LatestByKey.NONE) {
        entries.remove(gone);
      }
    }
    entries.writeTo(OutputStream.nullOutputStream(), 0, entries.size());
    return entries.rows();
  }
}
