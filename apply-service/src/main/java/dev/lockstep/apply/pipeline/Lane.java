package dev.lockstep.apply.pipeline;

import dev.lockstep.apply.commit.Tally;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.write.Block;
import dev.lockstep.apply.write.TopicEncoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One topic's records on their way. All but the encoder, which is the encoding thread's, is to be
 * used under the pipeline's lock.
 */
final class Lane {
  /** Two, so that ClickHouse has the next block when it has finished one. */
  private static final int MOST_FLIGHTS = 2;

  private final String topic;
  private final TopicEncoder encoder;
  private final Budget budget;
  private final Deque<Flight> sealed = new ArrayDeque<>();
  private final Deque<Flight> flights = new ArrayDeque<>();
  private final List<Map<TopicPartition, Tally>> settled = new ArrayList<>();
  private final Map<TopicPartition, Long> onTheWay = new HashMap<>();
  private int epoch;
  private int queued;
  private long bytes;
  private long openBytes;
  private boolean closed;
  private boolean open;
  private int openEpoch;
  private boolean urgent;
  private long openedNanos;
  private long sealedNanos;
  private long offeredNanos;
  private long settledMillis;
  private boolean broken;
  private @Nullable ApplyFault fault;

  /** A block that is being inserted or waits for it. */
  static final class Flight {
    private final Lane lane;
    private final Block block;
    private final int epoch;
    private final long bytes;
    private boolean ended;
    private @Nullable ApplyFault fault;

    private Flight(Lane lane, Block block, int epoch, long bytes) {
      this.lane = lane;
      this.block = block;
      this.epoch = epoch;
      this.bytes = bytes;
    }

    Lane lane() {
      return lane;
    }

    Block block() {
      return block;
    }
  }

  Lane(String topic, TopicEncoder encoder, Budget budget, long nowNanos, long delayNanos) {
    this.topic = topic;
    this.encoder = encoder;
    this.budget = budget;
    this.sealedNanos = nowNanos - delayNanos;
  }

  String topic() {
    return topic;
  }

  TopicEncoder encoder() {
    return encoder;
  }

  int epoch() {
    return epoch;
  }

  long openedNanos() {
    return openedNanos;
  }

  long sealedNanos() {
    return sealedNanos;
  }

  long offeredNanos() {
    return offeredNanos;
  }

  boolean isOpen() {
    return open;
  }

  /** Whether what is open is to be inserted without waiting for more. */
  boolean isUrgent() {
    return urgent;
  }

  void hurry() {
    urgent = true;
  }

  boolean isQueued() {
    return queued > 0;
  }

  /** Whether records may be taken; else they are to be read again later. */
  boolean takes() {
    return fault == null;
  }

  /** Whether records that were offered in an epoch are still wanted. */
  boolean wants(int ofEpoch) {
    return ofEpoch == epoch && fault == null;
  }

  void offered(List<Polled> parts, long ofBytes, long nowNanos) {
    queued++;
    offeredNanos = nowNanos;
    use(ofBytes);
    for (Polled part : parts) {
      onTheWay.merge(part.partition(), (long) part.records().size(), Long::sum);
    }
  }

  private void use(long more) {
    if (!closed) {
      bytes += more;
      budget.use(more);
    }
  }

  private void release(long fewer) {
    use(-fewer);
  }

  /** What it has on the way, in bytes. */
  long bytes() {
    return bytes;
  }

  /** Gives back its part of the budget, which outlives it. */
  void close() {
    release(bytes);
    closed = true;
  }

  /** Offered records were encoded, or were not wanted any more. */
  void dequeued(long ofBytes) {
    queued--;
    release(ofBytes);
  }

  /** The open block, whose records were offered in an epoch, has so many bytes. */
  void grown(int ofEpoch, long toBytes, long nowNanos) {
    if (!open) {
      open = true;
      openEpoch = ofEpoch;
      openedNanos = nowNanos;
    }
    use(toBytes - openBytes);
    openBytes = toBytes;
  }

  /** Whether the open block's records are not wanted any more. */
  boolean isStale() {
    return open && openEpoch != epoch;
  }

  /** The open block is complete. */
  void seal(Block block, long nowNanos) {
    long size = openBytes;
    boolean wanted = !isStale() && !broken;
    open = false;
    openBytes = 0;
    sealedNanos = nowNanos;
    if (wanted) {
      sealed.add(new Flight(this, block, epoch, size));
    } else {
      release(size);
    }
  }

  /** Whether a block can be inserted now. */
  boolean canFly() {
    return !sealed.isEmpty() && flights.size() < MOST_FLIGHTS;
  }

  boolean canTakeMoreFlights() {
    return flights.size() + sealed.size() < MOST_FLIGHTS;
  }

  Flight fly() {
    Flight flight = sealed.remove();
    flights.add(flight);
    return flight;
  }

  /** A block is in the target, or is not for this reason. */
  void landed(Flight flight, @Nullable ApplyFault why, long nowMillis) {
    flight.ended = true;
    flight.fault = why;
    while (!flights.isEmpty() && flights.peek().ended) {
      settle(flights.remove(), nowMillis);
    }
  }

  private void settle(Flight flight, long nowMillis) {
    release(flight.bytes);
    if (flight.epoch != epoch || broken) {
      return;
    }
    if (flight.fault != null) {
      fail(flight.fault);
      broken = true;
      sealed.forEach(waiting -> release(waiting.bytes));
      sealed.clear();
      return;
    }
    Map<TopicPartition, Tally> tallies = flight.block.tallies();
    tallies.forEach((partition, tally) -> onTheWay.merge(partition, -tally.records(), Long::sum));
    settled.add(tallies);
    settledMillis = nowMillis;
  }

  /** What is on the way goes on, and nothing behind it is taken. */
  void fail(ApplyFault why) {
    if (fault == null) {
      fault = why;
    }
  }

  /** Whether nothing is on the way. */
  boolean isIdle() {
    return queued == 0 && !open && sealed.isEmpty() && flights.isEmpty();
  }

  /** Whether nothing is on the way, and all that became of it was collected. */
  boolean isSettled() {
    return isIdle() && settled.isEmpty() && fault == null;
  }

  /** Hands over what became of its records; after a fault only once nothing is on the way. */
  @Nullable Settled collect() {
    if (isIdle()) {
      urgent = false;
      checkAccounts();
    }
    boolean failed = fault != null && isIdle();
    if (settled.isEmpty() && !failed) {
      return null;
    }
    var collected = new Settled(topic, settled, failed ? fault : null, settledMillis);
    settled.clear();
    if (failed) {
      startAgain();
    }
    return collected;
  }

  /** Everything that was offered must have become something. */
  private void checkAccounts() {
    boolean even = onTheWay.values().stream().allMatch(count -> count == 0);
    if (!even && fault == null) {
      fail(
          new TableFault(
              "Accounting: of the records read, %s were neither inserted nor superseded, quarantined or dropped. This is a bug in apply-service, please report it; they are read again"
                  .formatted(onTheWay)));
    }
  }

  /** Forgets what is on the way; what it comes to is not asked any more. */
  void startAgain() {
    epoch++;
    fault = null;
    broken = false;
    urgent = false;
    onTheWay.clear();
    settled.clear();
    sealed.forEach(waiting -> release(waiting.bytes));
    sealed.clear();
  }
}
