package dev.lockstep.admin.connectors;

import dev.lockstep.admin.outbox.OutboxPublisher;
import dev.lockstep.admin.status.StatusBoard;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.DesiredState;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Forgets connectors whose deletion capture-service has reported as done. A connector that is being
 * deleted stays in the database until then, so its name can't be taken by another while its topics
 * go; and whatever is killed meanwhile, the deletion is finished after the next start.
 */
public final class Deletions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Deletions.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ConnectorStore store;
  private final StatusBoard status;
  private final OutboxPublisher publisher;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("deletions").daemon().unstarted(this::run);

  /** Of this store's connectors. */
  public Deletions(ConnectorStore store, StatusBoard status, OutboxPublisher publisher) {
    this.store = store;
    this.status = status;
    this.publisher = publisher;
  }

  /** Begins to look. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      do {
        lookOnce();
      } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookOnce() {
    try {
      store.list().stream().filter(this::isDone).forEach(this::finish);
    } catch (DataAccessException | TransactionException e) {
      // Its readiness and every request say so as well.
      log.atWarn().log("The database does not answer; deletions wait: {}", e.getClass().getName());
    }
  }

  /** Forgets the connector when it is deleted; whether it is no longer there. */
  boolean finishIfDone(String name) {
    store.find(name).filter(this::isDone).ifPresent(this::finish);
    return store.find(name).isEmpty();
  }

  private boolean isDone(Connector connector) {
    return connector.desiredState() == DesiredState.DELETED
        && status
            .known(connector.name())
            .filter(reported -> reported.state() == ConnectorStatus.State.DELETED)
            .filter(reported -> reported.generation() >= connector.generation())
            .isPresent();
  }

  private void finish(Connector connector) {
    if (store.forget(connector)) {
      log.atInfo().addKeyValue("connector", connector.name()).log("Connector deleted");
      var _ = publisher.nudge();
    }
  }

  /** Ends looking. */
  @Override
  public void close() {
    closing.countDown();
  }
}
