package io.debezium.embedded.async;

import dev.lockstep.capture.exact.ReplacesDebezium;
import io.debezium.engine.DebeziumEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Hands batches to their consumer, transformed on the thread that polls. Debezium's own, which its
 * engine makes by this name for a consumer of batches, gives each record to a pool of threads as a
 * task of its own and waits for it: with few transforms or none, that costs more than they do.
 *
 * @param <R> what a record is handed over as
 */
@ReplacesDebezium
public final class ParallelSmtAndConvertBatchProcessor<R> extends AbstractRecordProcessor<R> {
  private final Function<SourceRecord, R> converter;
  private final DebeziumEngine.ChangeConsumer<R> consumer;
  private final DebeziumEngine.RecordCommitter<R> committer;

  private ParallelSmtAndConvertBatchProcessor(
      Function<SourceRecord, R> converter,
      DebeziumEngine.ChangeConsumer<R> consumer,
      DebeziumEngine.RecordCommitter<R> committer) {
    this.converter = converter;
    this.consumer = consumer;
    this.committer = committer;
  }

  /**
   * For the engine.
   *
   * @throws IllegalArgumentException when it shall stop itself by what it reads, which Lockstep's
   *     engines never do
   */
  public static <R> ParallelSmtAndConvertBatchProcessor<R> create(
      DebeziumEngine.RecordCommitter<R> committer,
      Function<SourceRecord, R> converter,
      DebeziumEngine.ChangeConsumer<R> consumer,
      Watcher watcher,
      DebeziumEngine.Shutdown<R> shutdown,
      Runnable runner,
      Map<String, String> configuration) {
    if (shutdown != null) {
      throw new IllegalArgumentException("An engine that stops by what it reads is not supported");
    }
    return new ParallelSmtAndConvertBatchProcessor<>(converter, consumer, committer);
  }

  @Override
  public void processRecords(List<SourceRecord> records) throws Exception {
    List<R> batch = new ArrayList<>(records.size());
    for (SourceRecord item : records) {
      SourceRecord transformed = transformations.transform(item);
      if (transformed != null) {
        batch.add(converter.apply(transformed));
      }
    }
    consumer.handleBatch(batch, committer);
  }
}
