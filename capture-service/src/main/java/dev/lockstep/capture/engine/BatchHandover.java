package dev.lockstep.capture.engine;

import dev.lockstep.capture.publish.TransactionalPublisher;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What one run of an engine does with the batches that Debezium hands over: it publishes each, and
 * tells Debezium only after the batch is committed. After a batch that failed nothing is published
 * any more.
 */
public final class BatchHandover {
  private final TransactionalPublisher publisher;
  private final TransactionalPublisher.Place place;
  private final Batches batches;
  private final WholeRows rows;
  private volatile boolean closing;

  /** Held from the begin of a batch until its commit, so that a stop does not interrupt it. */
  private final ReentrantLock publishing = new ReentrantLock();

  /** From the begin of a batch until its commit. */
  private boolean broken;

  /** The first records of a row whose last ones are still to come. */
  private List<SourceRecord> heldBack = List.of();

  /** Is told of batches, on the engine's thread, in their order. */
  public interface Batches {
    /** One has been taken off Debezium's queue; it is never empty. */
    void began(List<SourceRecord> batch);

    /** It is committed; its transaction took this long. */
    void committed(List<SourceRecord> batch, Duration transaction);
  }

  /**
   * For one run.
   *
   * @param publisher takes the batches; closed by the caller after the run
   * @param place where the publisher goes on
   * @param batches is told of what is published
   * @param config the engine's, from {@link EngineConfig}
   */
  public BatchHandover(
      TransactionalPublisher publisher,
      TransactionalPublisher.Place place,
      Batches batches,
      Properties config) {
    this.publisher = publisher;
    this.place = place;
    this.batches = batches;
    this.rows = WholeRows.of(config);
  }

  /**
   * Takes a batch from Debezium.
   *
   * @throws dev.lockstep.capture.publish.PublishException when it is not known to be committed
   * @throws IllegalStateException when an earlier batch failed
   */
  public void handle(
      List<RecordChangeEvent<SourceRecord>> batch,
      RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
      throws InterruptedException {
    List<SourceRecord> records;
    List<SourceRecord> unpublished;
    Duration transaction;
    int heldBefore;
    publishing.lock();
    try {
      if (closing || batch.isEmpty()) {
        return;
      }
      if (broken) {
        throw new IllegalStateException("A batch failed: nothing after it may be published");
      }
      heldBefore = heldBack.size();
      records = wholeRows(batch);
      unpublished = records.isEmpty() ? records : place.unpublished(records);
      if (unpublished.isEmpty()) {
        return;
      }
      broken = true;
      batches.began(unpublished);
      transaction = publisher.publish(unpublished, place);
      broken = false;
    } finally {
      publishing.unlock();
    }
    batches.committed(unpublished, transaction);
    committer.markProcessed(batch.get(records.size() - heldBefore - 1));
    committer.markBatchFinished();
  }

  private List<SourceRecord> wholeRows(List<RecordChangeEvent<SourceRecord>> batch) {
    List<SourceRecord> records = new ArrayList<>(heldBack.size() + batch.size());
    records.addAll(heldBack);
    batch.forEach(event -> records.add(event.record()));
    int end = rows.endIn(records);
    heldBack = List.copyOf(records.subList(end, records.size()));
    return records.subList(0, end);
  }

  /** No batch is published any more once this returns true; false when one takes past the limit. */
  boolean close(Duration limit) throws InterruptedException {
    closing = true;
    boolean idle = publishing.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (idle) {
      publishing.unlock();
    }
    return idle;
  }

  boolean isClosing() {
    return closing;
  }
}
