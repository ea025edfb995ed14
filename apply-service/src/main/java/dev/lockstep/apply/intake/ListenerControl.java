package dev.lockstep.apply.intake;

import dev.lockstep.apply.schemas.ControlState;
import dev.lockstep.apply.settings.ApplySettings;
import dev.lockstep.common.kafka.KafkaSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/**
 * Keeps a listener on the topics that are to be read: a new one when they change, none when there
 * are none, another when it died. Called by one thread; its problem can be asked by any.
 */
public final class ListenerControl implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ListenerControl.class);

  private final ControlState control;
  private final String controlPrefix;
  private final Listeners listeners;
  private final IntakeFactory factory;
  private Subscription wanted = Subscription.NONE;
  private Subscription subscribed = Subscription.NONE;
  private volatile @Nullable ConcurrentMessageListenerContainer<byte[], byte[]> container;
  private volatile @Nullable Intakes intakes;
  private volatile @Nullable String problem = "Not started yet: the control topics are not read";

  /** Not listening yet. */
  public ListenerControl(
      ControlState control, KafkaSettings kafka, ApplySettings settings, IntakeFactory factory) {
    this.control = control;
    this.controlPrefix = kafka.topicPrefix();
    this.listeners = new Listeners(kafka, settings);
    this.factory = factory;
  }

  /** To be called often. A change is followed at the second call that sees it, as more may come. */
  public void reconcile() {
    if (control.problem().isPresent() && container == null) {
      return;
    }
    Subscription seen = Subscription.of(control, controlPrefix);
    boolean settled = seen.equals(wanted);
    wanted = seen;
    if (settled && !seen.equals(subscribed)) {
      log.atInfo().addKeyValue("topics", seen.regex()).log("Listening to other topics");
      restart(seen);
    } else if (isDead()) {
      problem = "The listener ended by itself; see the log for the cause. It is started again";
      log.atError().log("The listener ended by itself; starting it again");
      restart(subscribed);
    } else if (settled) {
      problem = null;
    }
  }

  private boolean isDead() {
    var running = container;
    return running != null && !running.isInExpectedState();
  }

  private void restart(Subscription subscription) {
    stop();
    if (!subscription.isEmpty()) {
      var forNext = new Intakes(factory);
      var next = listeners.container(subscription, forNext);
      intakes = forNext;
      container = next;
      next.start();
    }
    subscribed = subscription;
  }

  private void stop() {
    var running = container;
    container = null;
    if (running != null) {
      running.stop();
    }
    Intakes ended = intakes;
    intakes = null;
    if (ended != null) {
      ended.close();
    }
  }

  /** Empty when it listens or rightly idles, else why not. */
  public Optional<String> problem() {
    if (isDead()) {
      return Optional.of("The listener ended by itself; see the log for the cause");
    }
    Intakes current = intakes;
    return Optional.ofNullable(problem)
        .or(() -> current == null ? Optional.empty() : current.problem());
  }

  @Override
  public void close() {
    stop();
  }
}
