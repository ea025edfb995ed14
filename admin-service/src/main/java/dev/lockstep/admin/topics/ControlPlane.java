package dev.lockstep.admin.topics;

import dev.lockstep.common.kafka.CompactedTopic;
import dev.lockstep.common.kafka.ControlTopics;
import dev.lockstep.common.kafka.KafkaReachability;
import dev.lockstep.common.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the control topics, on a thread of its own: waits for Kafka as long as it takes, makes the
 * topics, then reads one after the other.
 */
public final class ControlPlane implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ControlPlane.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration ASK_LIMIT = Duration.ofSeconds(2);

  private final KafkaSettings settings;
  private final Step whenReached;
  private final List<Followed> follow;
  private final Map<String, CompactedTopic> topics = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().name("control-plane").daemon().unstarted(this::run);
  private volatile @Nullable Admin admin;
  private volatile @Nullable String clusterId;
  private volatile @Nullable String problem = "Starting";

  /**
   * A topic to be read.
   *
   * @param topic its name
   * @param listener is told of each record
   * @param loaded is called once, when the topic was read to its end
   */
  public record Followed(String topic, CompactedTopic.Listener listener, Runnable loaded) {}

  /** One step of opening; taken again until it does not throw. */
  @FunctionalInterface
  public interface Step {
    /** Takes the step, or throws why it can't be taken now. */
    void take() throws InterruptedException, ExecutionException, TimeoutException;
  }

  /**
   * A control plane that does not run yet.
   *
   * @param settings how Kafka is reached
   * @param whenReached is taken when Kafka is there and the topics exist
   * @param follow the topics to read, in this order
   */
  public ControlPlane(KafkaSettings settings, Step whenReached, List<Followed> follow) {
    this.settings = settings;
    this.whenReached = whenReached;
    this.follow = List.copyOf(follow);
  }

  /** Begins to open. */
  public void start() {
    thread.start();
  }

  /** Kafka's cluster id, once Kafka was reached. */
  public Optional<String> clusterId() {
    return Optional.ofNullable(clusterId);
  }

  /** Why Kafka can't be reached now, or empty when it can. */
  public Optional<String> kafkaProblem() {
    Admin current = admin;
    return current == null
        ? Optional.of(Optional.ofNullable(problem).orElse("Starting"))
        : KafkaReachability.problem(current, ASK_LIMIT);
  }

  /** Why the topics are not being read, or empty when all were read and are followed. */
  public Optional<String> topicsProblem() {
    return topics.values().stream()
        .map(CompactedTopic::failure)
        .filter(failure -> failure != null)
        .map(failure -> String.valueOf(failure.getMessage()))
        .findFirst()
        .or(() -> Optional.ofNullable(problem));
  }

  private void run() {
    try {
      until("Kafka", this::connect);
      until("the reply topic", whenReached);
      for (Followed followed : follow) {
        until(followed.topic(), () -> load(followed));
      }
      problem = null;
      log.info("The control topics are read");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void connect() throws InterruptedException, ExecutionException, TimeoutException {
    Admin current = admin;
    if (current == null) {
      current = Admin.create(settings.clientProperties());
      admin = current;
    }
    ControlTopics.ensure(current, settings, LIMIT);
    clusterId = current.describeCluster().clusterId().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void load(Followed followed) throws InterruptedException, TimeoutException {
    String name = followed.topic();
    topics
        .computeIfAbsent(name, topic -> new CompactedTopic(settings, topic, followed.listener()))
        .awaitCaughtUp(LIMIT);
    followed.loaded().run();
  }

  private void until(String what, Step step) throws InterruptedException {
    boolean done = false;
    while (!done) {
      done = attempt(what, step);
      if (!done && closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new InterruptedException("Closed");
      }
    }
  }

  private boolean attempt(String what, Step step) throws InterruptedException {
    try {
      step.take();
      return true;
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      report("Waiting for " + what + ": " + cause.getClass().getSimpleName() + explain(cause));
      return false;
    }
  }

  private static String explain(Throwable cause) {
    return cause instanceof org.apache.kafka.common.KafkaException ? ", " + cause.getMessage() : "";
  }

  private void report(String now) {
    if (!now.equals(problem)) {
      log.atWarn().log(now + "; trying on");
    }
    problem = now;
  }

  /** Ends reading. */
  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    topics.values().forEach(CompactedTopic::close);
    Admin current = admin;
    if (current != null) {
      current.close(ASK_LIMIT);
    }
  }
}
