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
  private Subscription wanted = Subscription.NONE;
  private Subscription current = Subscription.NONE;
  private volatile @Nullable ConcurrentMessageListenerContainer<byte[], byte[]> container;
  private volatile @Nullable String problem = "Not started yet: the control topics are not read";

  /** Not listening yet. */
  public ListenerControl(
      ControlState control, KafkaSettings kafka, ApplySettings settings, Intake intake) {
    this.control = control;
    this.controlPrefix = kafka.topicPrefix();
    this.listeners = new Listeners(kafka, settings, intake);
  }

  /** To be called often. A change is followed at the second call that sees it, as more may come. */
  public void reconcile() {
    if (control.problem().isPresent() && container == null) {
      return;
    }
    Subscription seen = Subscription.of(control, controlPrefix);
    boolean settled = seen.equals(wanted);
    wanted = seen;
    if (settled && !seen.equals(current)) {
      log.atInfo().addKeyValue("topics", seen.regex()).log("Listening to other topics");
      restart(seen);
    } else if (isDead()) {
      problem = "The listener ended by itself; see the log for the cause. It is started again";
      log.atError().log("The listener ended by itself; starting it again");
      restart(current);
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
      var next = listeners.container(subscription);
      container = next;
      next.start();
    }
    current = subscription;
  }

  private void stop() {
    var running = container;
    container = null;
    if (running != null) {
      running.stop();
    }
  }

  /** Empty when it listens or rightly idles, else why not. */
  public Optional<String> problem() {
    return isDead()
        ? Optional.of("The listener ended by itself; see the log for the cause")
        : Optional.ofNullable(problem);
  }

  @Override
  public void close() {
    stop();
  }
}
