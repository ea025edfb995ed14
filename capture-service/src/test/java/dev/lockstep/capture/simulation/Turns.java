package dev.lockstep.capture.simulation;

import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Lets one of several actors run at a time, each on a thread of its own. At its steps an actor is
 * stopped where the dice says so; it goes on, or is killed, when its next turn comes. The same seed
 * gives the same order.
 */
public final class Turns {
  private final Random dice;
  private final double stops;
  private final Semaphore stopped = new Semaphore(0);
  private @Nullable Actor current;

  /** What an actor does. */
  @FunctionalInterface
  public interface Body {
    void run() throws InterruptedException;
  }

  /** Unwinds the thread of an actor whose process is dead; the model does nothing more for it. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    private Killed() {
      super("killed", null, false, false);
    }
  }

  /** One of them. */
  public final class Actor {
    private final Semaphore turn = new Semaphore(0);
    private volatile boolean killed;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;

    private Actor(Body body) {
      Thread.ofVirtual().start(() -> live(body));
    }

    private void live(Body body) {
      turn.acquireUninterruptibly();
      try {
        check();
        body.run();
      } catch (Killed e) {
        killed = true;
      } catch (Throwable e) {
        failure = e;
      } finally {
        ended = true;
        stopped.release();
      }
    }

    /** Whether it is dead or done. */
    public boolean isEnded() {
      return ended;
    }

    /** Lets it run up to where it stops next. */
    public void run() {
      current = this;
      turn.release();
      stopped.acquireUninterruptibly();
      current = null;
      if (failure != null) {
        throw new AssertionError("An actor failed: " + failure, failure);
      }
    }

    /** Ends it where it stands. */
    public void kill() {
      killed = true;
      while (!ended) {
        run();
      }
    }

    private void check() {
      if (killed) {
        throw new Killed();
      }
    }
  }

  /**
   * Turns by this dice.
   *
   * @param stops how likely a step is where the actor stops
   */
  public Turns(Random dice, double stops) {
    this.dice = dice;
    this.stops = stops;
  }

  /** An actor, which waits for its first turn. */
  public Actor actor(Body body) {
    return new Actor(body);
  }

  /** A place where the actor whose turn it is may be stopped, for a while or for good. */
  public void step() {
    Actor self = Objects.requireNonNull(current, "only actors make steps");
    self.check();
    if (dice.nextDouble() < stops) {
      stop(self);
    }
  }

  /** Stops the actor whose turn it is. */
  void stop() {
    stop(Objects.requireNonNull(current, "only actors make steps"));
  }

  private void stop(Actor self) {
    stopped.release();
    self.turn.acquireUninterruptibly();
    self.check();
  }

  /** Whether the process of the actor whose turn it is is dead. */
  boolean isDead() {
    Actor self = current;
    return self != null && self.killed;
  }
}
