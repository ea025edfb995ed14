package dev.lockstep.capture.connectors;

import dev.lockstep.common.control.ConnectorSpec;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What one connector shall be now, until its runner is let go. Thread-safe. */
final class Wish {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private ConnectorSpec wanted;
  private boolean closed;

  Wish(ConnectorSpec wanted) {
    this.wanted = wanted;
  }

  /** Wakes up whoever waits, if it is another wish. */
  void set(ConnectorSpec spec) {
    lock.lock();
    try {
      if (!spec.equals(wanted)) {
        wanted = spec;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The runner is let go: nothing is wished of it any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The wish, or null when the runner is let go. */
  @Nullable ConnectorSpec current() {
    lock.lock();
    try {
      return closed ? null : wanted;
    } finally {
      lock.unlock();
    }
  }

  /** The last wish, also of a runner that was let go. */
  ConnectorSpec last() {
    lock.lock();
    try {
      return wanted;
    } finally {
      lock.unlock();
    }
  }

  boolean is(ConnectorSpec spec) {
    lock.lock();
    try {
      return !closed && wanted.equals(spec);
    } finally {
      lock.unlock();
    }
  }

  /** Does something that a runner that was let go must not do. */
  void unlessClosed(Runnable action) {
    lock.lock();
    try {
      if (!closed) {
        action.run();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Something that is waited for may have come. */
  void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for another wish, the end, or what {@link #signal} tells of; true when that came. */
  boolean awaitOr(ConnectorSpec spec, BooleanSupplier come) throws InterruptedException {
    lock.lock();
    try {
      while (!come.getAsBoolean() && !closed && wanted.equals(spec)) {
        changed.await();
      }
      return come.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for another wish or the end, for at most the limit. */
  void awaitOtherThan(ConnectorSpec spec, Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (!closed && wanted.equals(spec) && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
