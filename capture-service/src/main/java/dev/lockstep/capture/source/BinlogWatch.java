package dev.lockstep.capture.source;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import io.debezium.pipeline.ErrorHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Ends a run whose connection to the binlog has ended or fallen silent, so that the next run begins
 * at the committed offset, with all checks of a start.
 *
 * <p>Left alone, the binlog client connects again by itself, up to a minute later: in the middle of
 * a transaction it is sent that transaction from its begin and Debezium publishes the first rows
 * again, with offsets that take it for done; and behind an address that has moved there may be
 * another server. It also takes a connection for lost whose events are handled slowly.
 */
public final class BinlogWatch extends BinaryLogClient.AbstractLifecycleListener
    implements AutoCloseable {
  /** The server is asked for a sign of life twice a second. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final ErrorHandler errors;
  private final BooleanSupplier running;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean handling;
  private volatile long handledNanos;
  private volatile boolean connected;

  /**
   * Watches a client until this is closed; before the client is given to Debezium's stream.
   *
   * @param errors ends the run
   * @param running whether the run shall go on, so that an end of the connection is unforeseen
   */
  public BinlogWatch(BinaryLogClient client, ErrorHandler errors, BooleanSupplier running) {
    this.errors = errors;
    this.running = running;
    client.setKeepAlive(false);
    client.registerEventListener(_ -> handling = true);
    client.registerLifecycleListener(this);
    Thread.ofVirtual().name("binlog-watch").start(this::look);
  }

  /** Now all of the stream's listeners are there, and this one comes behind them. */
  @Override
  public void onConnect(BinaryLogClient client) {
    handledNanos = System.nanoTime();
    connected = true;
    client.registerEventListener(
        _ -> {
          handledNanos = System.nanoTime();
          handling = false;
        });
  }

  /** What Debezium was told of before, such as a failure, stays the reason. */
  @Override
  public void onDisconnect(BinaryLogClient client) {
    connected = false;
    if (running.getAsBoolean()) {
      fail("The source ended the connection that its binlog is read on");
    }
  }

  private void look() {
    try {
      while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        long silent = System.nanoTime() - handledNanos;
        if (connected && !handling && silent > LONGEST_SILENCE.toNanos()) {
          fail("Nothing came from the source for " + LONGEST_SILENCE.toSeconds() + " s");
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(String reason) {
    errors.setProducerThrowable(new IOException(reason));
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
