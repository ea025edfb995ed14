package dev.lockstep.capture.connectors;

import dev.lockstep.capture.chunks.RunningWork;
import dev.lockstep.capture.credentials.Credentials;
import dev.lockstep.capture.credentials.CredentialsException;
import dev.lockstep.capture.credentials.Redaction;
import dev.lockstep.capture.credentials.Resolution;
import dev.lockstep.capture.engine.BatchHandover;
import dev.lockstep.capture.engine.CaptureEngine;
import dev.lockstep.capture.engine.EngineConfig;
import dev.lockstep.capture.progress.Measurement;
import dev.lockstep.capture.progress.PublishedBatches;
import dev.lockstep.capture.progress.RunProgress;
import dev.lockstep.capture.publish.DataTopics;
import dev.lockstep.capture.publish.PublishException;
import dev.lockstep.capture.publish.SourceOffset;
import dev.lockstep.capture.publish.TopicCreation;
import dev.lockstep.capture.publish.TransactionalPublisher;
import dev.lockstep.capture.snapshots.SnapshotQueue;
import dev.lockstep.capture.source.SourcePlace;
import dev.lockstep.capture.transforms.Transforms;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.kafka.KafkaSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Makes an engine that goes on exactly where its predecessor's last committed batch ended. */
final class EngineFactory {
  private static final Duration KAFKA_LIMIT = Duration.ofSeconds(30);

  private final KafkaSettings settings;
  private final Admin admin;
  private final TakeOver takeOver;
  private final Measurement measurement;
  private final Credentials credentials;
  private final StartCheck check;
  private final Snapshots snapshots;

  /** An engine with the publisher it writes to, what measures it, and its snapshots. */
  record Prepared(
      CaptureEngine engine,
      TransactionalPublisher publisher,
      RunProgress progress,
      SnapshotQueue snapshots,
      RunningWork work,
      Transforms transforms)
      implements AutoCloseable {
    /** Starts the engine, and what measures it. */
    void start() {
      progress.start();
      engine.start();
    }

    /** Publishes nothing any more once this returns true; false when a batch takes too long. */
    boolean silence(Duration limit) throws InterruptedException {
      snapshots.close();
      return engine.silence(limit);
    }

    /** Ends the engine within the limit; true when it has ended. */
    boolean stop(Duration limit) throws InterruptedException {
      return engine.close(limit);
    }

    @Override
    public void close() {
      progress.close();
      work.close();
      publisher.close();
      transforms.close();
    }
  }

  EngineFactory(
      KafkaSettings settings,
      Admin admin,
      TakeOver takeOver,
      Measurement measurement,
      Credentials credentials,
      StartCheck check,
      Snapshots snapshots) {
    this.settings = settings;
    this.admin = admin;
    this.takeOver = takeOver;
    this.measurement = measurement;
    this.credentials = credentials;
    this.check = check;
    this.snapshots = snapshots;
  }

  /**
   * An engine that is ready to start, and the only one of its connector that can publish.
   *
   * @throws CredentialsException when a value that the config names is not there
   * @throws PublishException when Kafka does not answer
   * @throws IllegalArgumentException when the config or the source can't be used
   */
  Prepared prepare(ConnectorSpec stored, CaptureEngine.Listener listener)
      throws InterruptedException {
    Resolution resolved = credentials.resolve(stored.config());
    var spec =
        new ConnectorSpec(
            stored.name(), resolved.complete(), stored.desiredState(), stored.generation());
    try {
      return prepareResolved(spec, new Redacted(listener, resolved.redaction()));
    } catch (RuntimeException e) {
      throw resolved.redaction().of(e);
    }
  }

  /** What a run failed by may quote its config, and is told to operators. */
  private record Redacted(CaptureEngine.Listener listener, Redaction redaction)
      implements CaptureEngine.Listener {
    @Override
    public void running() {
      listener.running();
    }

    @Override
    public void ended(@Nullable Throwable failure) {
      listener.ended(failure == null ? null : redaction.of(failure));
    }
  }

  private Prepared prepareResolved(ConnectorSpec spec, CaptureEngine.Listener listener)
      throws InterruptedException {
    var creation = new TopicCreation(spec.config());
    var transforms = Transforms.of(spec.config(), settings.topicPrefix());
    try {
      return taken(spec, listener, new DataTopics(admin, creation, KAFKA_LIMIT), transforms);
    } catch (RuntimeException e) {
      transforms.close();
      throw e;
    }
  }

  private Prepared taken(
      ConnectorSpec spec,
      CaptureEngine.Listener listener,
      DataTopics dataTopics,
      Transforms transforms)
      throws InterruptedException {
    TakeOver.Taken taken = takeOver.of(spec.name(), dataTopics, transforms);
    Optional<SourceOffset> offset = taken.offset();
    try {
      requireSoundSource(spec, mayBeginWithSnapshot(spec, offset));
      @Nullable String server = server(spec, offset);
      Optional<SourceOffset> begin = offset.map(committed -> committed.on(server));
      TransactionalPublisher.Place place = taken.place().in(server, begin.orElse(null));
      return assemble(spec, begin, taken.publisher(), place, listener);
    } catch (SQLException e) {
      taken.publisher().close();
      throw new IllegalStateException("The source does not tell its tables: " + e.getMessage(), e);
    } catch (TimeoutException | ExecutionException e) {
      taken.publisher().close();
      throw new PublishException("The requests of snapshots can't be read: " + e, e);
    } catch (RuntimeException e) {
      taken.publisher().close();
      throw e;
    }
  }

  private Prepared assemble(
      ConnectorSpec spec,
      Optional<SourceOffset> offset,
      TransactionalPublisher publisher,
      TransactionalPublisher.Place place,
      CaptureEngine.Listener listener)
      throws SQLException, InterruptedException, ExecutionException, TimeoutException {
    Properties config = EngineConfig.of(spec, offset, settings);
    SnapshotQueue queue = snapshots.begin(spec, offset);
    RunProgress progress = measurement.of(spec, offset, snapshots::tell);
    var batches = new MeasuredBatches(progress.batches(), queue);
    var handover = new BatchHandover(publisher, place, batches, config);
    var work = new RunningWork(queue);
    try {
      work.addTo(config);
      var engine = new CaptureEngine(spec.name(), config, handover, listener);
      return new Prepared(engine, publisher, progress, queue, work, place.transforms());
    } catch (RuntimeException e) {
      work.close();
      throw e;
    }
  }

  /** The source's own id, once it is known to be the one that the offset is of. */
  private static @Nullable String server(ConnectorSpec spec, Optional<SourceOffset> offset) {
    return new SourcePlace(spec.config())
        .check(
            offset.map(SourceOffset::offset).orElse(Map.of()),
            offset.map(SourceOffset::transaction).map(SourceOffset.Part::gtid).orElse(null),
            offset.map(SourceOffset::server).orElse(null));
  }

  /** Debezium finds out itself whether one is needed, and only once it runs. */
  private static boolean mayBeginWithSnapshot(ConnectorSpec spec, Optional<SourceOffset> offset) {
    return offset.filter(SourceOffset::isStreaming).isEmpty()
        || "when_needed".equals(spec.config().getOrDefault("snapshot.mode", "").strip());
  }

  private void requireSoundSource(ConnectorSpec spec, boolean withSnapshot) {
    List<String> problems = check.problems(spec, withSnapshot);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(" ", problems));
    }
  }

  /** What is asked of connectors beside their streams. */
  Snapshots snapshots() {
    return snapshots;
  }

  /** Both are told of each batch. */
  private record MeasuredBatches(PublishedBatches measured, SnapshotQueue queue)
      implements BatchHandover.Batches {
    @Override
    public void began(List<SourceRecord> batch) {
      measured.began(batch);
    }

    @Override
    public void committed(List<SourceRecord> batch, Duration transaction) {
      measured.committed(batch, transaction);
      queue.committed(batch);
    }
  }
}
