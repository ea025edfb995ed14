package dev.lockstep.apply.pipeline;

import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.pipeline.Lane.Flight;
import dev.lockstep.apply.write.Block;
import dev.lockstep.apply.write.TableWriter;
import dev.lockstep.apply.write.TopicEncoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer's way to the target. The consumer's thread offers what it polled and collects what
 * became of it; one thread encodes, some insert. Topics are apart from each other: a fault of one
 * stops that one. Nothing here waits for the consumer.
 */
public final class Pipeline implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

  /** What a record costs in memory beside its bytes. */
  private static final int RECORD_OVERHEAD = 300;

  /** How much longer rows may wait while more of their topic come. */
  private static final int BACKLOG_DELAYS = 5;

  /**
   * The part of all bytes that records which are not encoded yet may take. Few, so that they are
   * garbage before the collector has copied them.
   */
  private static final int QUEUE_PART = 8;

  private static final long ACTIVE_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long COUNT_NANOS = Duration.ofMillis(100).toNanos();

  private final TableWriter writer;
  private final Flush flush;
  private final Budget budget;
  private final ToLongFunction<String> appliedBefore;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition change = lock.newCondition();
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Deque<Task> queue = new ArrayDeque<>();
  private final PriorityQueue<Due> dues = new PriorityQueue<>(Comparator.comparingLong(Due::nanos));
  private final Set<Lane> waiting = new LinkedHashSet<>();
  private final Set<Lane> ready = new LinkedHashSet<>();
  private final Set<Lane> changed = new LinkedHashSet<>();
  private final Pace pace;
  private final ExecutorService inserters;
  private final Thread encoding;
  private long queuedBytes;
  private int free;
  private int active;
  private long countedNanos = Long.MIN_VALUE;
  private boolean closed;
  private volatile @Nullable Throwable death;

  private record Task(Lane lane, int epoch, List<Polled> parts, long bytes, long polledNanos) {}

  private record Due(Lane lane, long nanos) {}

  /**
   * Started.
   *
   * @param connections how many inserts may run at a time
   * @param appliedBefore how many rows of a topic have been applied
   * @param partsShare how many parts a topic's tables have: 1 where ClickHouse brakes inserts
   */
  public Pipeline(
      String name,
      TableWriter writer,
      Flush flush,
      Budget budget,
      int connections,
      ToLongFunction<String> appliedBefore,
      ToDoubleFunction<String> partsShare,
      InstantSource clock) {
    this.writer = writer;
    this.flush = flush;
    this.budget = budget;
    this.appliedBefore = appliedBefore;
    this.clock = clock;
    this.free = connections;
    this.pace = new Pace(flush, connections, partsShare);
    this.inserters =
        Executors.newFixedThreadPool(
            connections, Thread.ofPlatform().name(name + "-insert-", 0).daemon().factory());
    this.encoding = Thread.ofPlatform().name(name + "-encode").daemon().start(this::encodeAll);
  }

  /** Takes records of one topic; those of a topic that has failed are to be read again. */
  public void offer(String topic, List<Polled> parts, long polledNanos) {
    long bytes = parts.stream().mapToLong(Pipeline::bytes).sum();
    lock.lock();
    try {
      Lane lane = lanes.computeIfAbsent(topic, this::lane);
      if (lane.takes()) {
        lane.offered(parts, bytes, polledNanos);
        queue.add(new Task(lane, lane.epoch(), parts, bytes, polledNanos));
        queuedBytes += bytes;
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private static long bytes(Polled part) {
    long bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : part.records()) {
      bytes +=
          Math.max(0, record.serializedValueSize())
              + Math.max(0, record.serializedKeySize())
              + RECORD_OVERHEAD;
    }
    return bytes;
  }

  private Lane lane(String topic) {
    var encoder = new TopicEncoder(topic, writer, flush.rows(), flush.bytes());
    return new Lane(topic, encoder, budget, System.nanoTime(), flush.maxDelay().toNanos());
  }

  /** What became of records since the last call, topic by topic. */
  public List<Settled> collect() {
    lock.lock();
    try {
      List<Settled> collected = new ArrayList<>();
      for (Lane lane : changed) {
        Settled settled = lane.collect();
        if (settled != null) {
          collected.add(settled);
        }
      }
      changed.clear();
      return collected;
    } finally {
      lock.unlock();
    }
  }

  /** Whether more may be polled of any topic. */
  public boolean hasRoom() {
    lock.lock();
    try {
      return hasRoomLocked();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoomLocked() {
    return budget.hasRoom() && queuedBytes < budget.limit() / QUEUE_PART;
  }

  /** Whether a topic has so much on the way that others, which have records too, lack room. */
  public boolean isCrowding(String topic) {
    lock.lock();
    try {
      Lane lane = lanes.get(topic);
      return lane != null && lane.bytes() > budget.limit() / 4 && active(System.nanoTime()) > 1;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing of a topic is on the way, and all that became of it was collected. */
  public boolean isSettled(String topic) {
    lock.lock();
    try {
      Lane lane = lanes.get(topic);
      return lane == null || lane.isSettled();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is room, or for so long. */
  public void awaitRoom(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    lock.lock();
    try {
      while (!hasRoomLocked() && end - System.nanoTime() > 0) {
        change.awaitNanos(end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for so long, or until it is closed. */
  public void rest(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    lock.lock();
    try {
      while (!closed && end - System.nanoTime() > 0) {
        change.awaitNanos(end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has everything of these topics inserted, and waits until it is.
   *
   * @return those of which something is on the way still after the limit
   */
  public Set<String> drain(Collection<String> topics, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    Set<Lane> left = new LinkedHashSet<>();
    lock.lock();
    try {
      topics.stream().flatMap(topic -> Stream.ofNullable(lanes.get(topic))).forEach(left::add);
      left.forEach(this::hurry);
      left.removeIf(Lane::isIdle);
      while (!left.isEmpty() && end - System.nanoTime() > 0) {
        change.awaitNanos(end - System.nanoTime());
        left.removeIf(Lane::isIdle);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return left.stream().map(Lane::topic).collect(Collectors.toSet());
  }

  private void hurry(Lane lane) {
    lane.hurry();
    dues.add(new Due(lane, System.nanoTime()));
    work.signal();
  }

  /** Forgets what is on the way of a topic, which is to be read again or is somebody else's. */
  public void forget(String topic) {
    lock.lock();
    try {
      Lane lane = lanes.get(topic);
      if (lane != null) {
        lane.startAgain();
        ready.remove(lane);
        hurry(lane);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Empty while it works, else why it does not any more. */
  public Optional<String> problem() {
    return Optional.ofNullable(death)
        .map(cause -> "The thread that encodes has ended: " + cause + ". Restart the service");
  }

  private sealed interface Step {
    record Encode(Task task) implements Step {}

    record Seal(Lane lane) implements Step {}

    record End() implements Step {}
  }

  private void encodeAll() {
    try {
      boolean goesOn = true;
      while (goesOn) {
        switch (next()) {
          case Step.Encode(var task) -> encode(task);
          case Step.Seal(var lane) -> seal(lane);
          case Step.End() -> goesOn = false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      death = e;
      log.atError().setCause(e).log("The thread that encodes has ended");
      throw e;
    }
  }

  /** Rows that are due go first, so that a topic with many records keeps no other waiting. */
  private Step next() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        long now = System.nanoTime();
        Lane due = nextDue(now);
        if (due != null) {
          return new Step.Seal(due);
        }
        Task task = queue.poll();
        if (task != null) {
          return new Step.Encode(task);
        }
        Due later = dues.peek();
        work.awaitNanos(later == null ? ACTIVE_NANOS : later.nanos() - now);
      }
      return new Step.End();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Lane nextDue(long now) {
    Due due = dues.peek();
    while (due != null && due.nanos() <= now) {
      dues.remove();
      Lane lane = due.lane();
      if (lane.isOpen() && isDue(lane, now)) {
        return lane;
      }
      due = dues.peek();
    }
    return null;
  }

  /** Where it is not, it will be looked at again. */
  private boolean isDue(Lane lane, long now) {
    if (lane.isStale()) {
      return true;
    }
    if (lane.isUrgent()) {
      // What is queued comes first; the look after it finds it due.
      return !lane.isQueued();
    }
    long delay = pace.delayNanos(lane.topic(), active(now));
    long backlogEnd = lane.openedNanos() + delay * BACKLOG_DELAYS;
    if (lane.isQueued() && now < backlogEnd) {
      dues.add(new Due(lane, Math.min(backlogEnd, now + delay)));
      return false;
    }
    if (free == 0 || !lane.canTakeMoreFlights()) {
      waiting.add(lane);
      return false;
    }
    return true;
  }

  /** How many topics had records lately. */
  private int active(long now) {
    if (now - countedNanos > COUNT_NANOS || countedNanos == Long.MIN_VALUE) {
      int count = 0;
      for (Lane lane : lanes.values()) {
        count += now - lane.offeredNanos() < ACTIVE_NANOS ? 1 : 0;
      }
      active = count;
      countedNanos = now;
    }
    return active;
  }

  private void encode(Task task) {
    Lane lane = task.lane();
    TopicEncoder encoder = lane.encoder();
    @Nullable ApplyFault fault = null;
    if (isWanted(task)) {
      try {
        encodeWanted(task, encoder);
      } catch (ApplyFault e) {
        fault = e;
      } catch (RuntimeException | Error e) {
        fault = TableFault.bug(e);
        log.atError().setCause(e).log("Encoding failed in a way that is not known");
      }
    }
    encoded(task, fault);
  }

  private boolean isWanted(Task task) {
    lock.lock();
    try {
      if (task.lane().isStale()) {
        sealLocked(task.lane());
      }
      return task.lane().wants(task.epoch());
    } finally {
      lock.unlock();
    }
  }

  private void encodeWanted(Task task, TopicEncoder encoder) {
    for (Polled part : task.parts()) {
      int at = 0;
      while (at < part.records().size()) {
        at = encoder.take(part.records(), at, task.polledNanos());
        if (encoder.isFull()) {
          sealFull(task);
        }
      }
    }
  }

  private void sealFull(Task task) {
    lock.lock();
    try {
      grow(task.lane(), task.epoch());
      sealLocked(task.lane());
    } finally {
      lock.unlock();
    }
  }

  private void encoded(Task task, @Nullable ApplyFault fault) {
    Lane lane = task.lane();
    lock.lock();
    try {
      lane.dequeued(task.bytes());
      queuedBytes -= task.bytes();
      if (fault != null && lane.epoch() == task.epoch()) {
        lane.fail(fault);
      }
      grow(lane, task.epoch());
      boolean hurried = lane.isUrgent() && !lane.isQueued();
      if (lane.isOpen() && (fault != null || hurried || lane.isStale())) {
        sealLocked(lane);
      }
      changed(lane);
    } finally {
      lock.unlock();
    }
  }

  /** Tells of the open block's growth, and when it is due. */
  private void grow(Lane lane, int epoch) {
    Block block = lane.encoder().block();
    if (block.isEmpty()) {
      return;
    }
    boolean wasOpen = lane.isOpen();
    long now = System.nanoTime();
    lane.grown(epoch, block.bytes(), now);
    if (!wasOpen) {
      // After a rest it is due at once.
      long delay = pace.delayNanos(lane.topic(), active(now));
      dues.add(new Due(lane, Math.max(now, lane.sealedNanos() + delay)));
    }
  }

  private void seal(Lane lane) {
    lock.lock();
    try {
      if (lane.isOpen()) {
        grow(lane, lane.epoch());
        sealLocked(lane);
        changed(lane);
      }
    } finally {
      lock.unlock();
    }
  }

  private void changed(Lane lane) {
    changed.add(lane);
    change.signalAll();
  }

  private void sealLocked(Lane lane) {
    Block block = lane.encoder().seal();
    lane.seal(block, System.nanoTime());
    waiting.remove(lane);
    if (lane.canFly()) {
      ready.add(lane);
    }
    dispatch();
  }

  private void dispatch() {
    Iterator<Lane> lanesReady = ready.iterator();
    while (free > 0 && lanesReady.hasNext()) {
      Lane lane = lanesReady.next();
      while (free > 0 && lane.canFly()) {
        free--;
        Flight flight = lane.fly();
        inserters.execute(() -> insert(flight));
      }
      if (!lane.canFly()) {
        lanesReady.remove();
      }
    }
    wakeWaiting();
  }

  /** As many as there are connections free, in the order in which they became due. */
  private void wakeWaiting() {
    int places = free;
    Iterator<Lane> lanesWaiting = waiting.iterator();
    while (places > 0 && lanesWaiting.hasNext()) {
      Lane lane = lanesWaiting.next();
      if (lane.canTakeMoreFlights()) {
        lanesWaiting.remove();
        dues.add(new Due(lane, System.nanoTime()));
        places--;
        work.signal();
      }
    }
  }

  private void insert(Flight flight) {
    long begin = System.nanoTime();
    @Nullable ApplyFault fault = null;
    try {
      writer.write(flight.block(), appliedBefore.applyAsLong(flight.lane().topic()));
    } catch (ApplyFault e) {
      fault = e;
    } catch (RuntimeException | Error e) {
      fault = TableFault.bug(e);
      log.atError().setCause(e).log("Writing a block failed in a way that is not known");
    }
    landed(flight, fault, System.nanoTime() - begin);
  }

  private void landed(Flight flight, @Nullable ApplyFault fault, long nanos) {
    lock.lock();
    try {
      free++;
      if (closed) {
        return;
      }
      if (fault == null) {
        pace.inserted(flight.block().rows(), nanos);
      }
      flight.lane().landed(flight, fault, clock.millis());
      if (flight.lane().canFly()) {
        ready.add(flight.lane());
      }
      dispatch();
      changed(flight.lane());
    } finally {
      lock.unlock();
    }
  }

  /** Ends its threads; what is on the way is not waited for. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      lanes.values().forEach(Lane::close);
      work.signal();
      change.signalAll();
    } finally {
      lock.unlock();
    }
    inserters.shutdownNow();
    encoding.interrupt();
  }
}
