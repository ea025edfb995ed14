package dev.lockstep.capture.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * A broker with transactions as Kafka's protocol has them: a transactional id has one epoch that
 * counts; a commit is decided once and its markers reach the partitions one by one; readers of
 * committed records see a partition up to the first transaction without a marker there.
 */
public final class ModelKafka {
  private final Random dice;
  private final double lateMarkers;
  private final Map<String, Integer> topics = new HashMap<>();
  private final Map<TopicPartition, List<Entry>> logs = new HashMap<>();
  private final Map<String, Integer> epochs = new HashMap<>();
  private final Map<String, Integer> latestProducer = new HashMap<>();
  private final Set<Transaction> unmarked = new LinkedHashSet<>();
  private final Set<Transaction> overdue = new HashSet<>();
  private final List<Session> delayedCommits = new ArrayList<>();
  private final List<Transaction> committed = new ArrayList<>();
  private int producers;

  /** A producer that has begun: what a broker knows of it. */
  static final class Session {
    private final String id;
    private final String connector;
    private final int epoch;
    private final int number;
    private @Nullable Transaction open;

    private Session(String id, String connector, int epoch, int number) {
      this.id = id;
      this.connector = connector;
      this.epoch = epoch;
      this.number = number;
    }
  }

  /** One transaction, with what was sent in it so far. */
  public static final class Transaction {
    private final Session session;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<TopicPartition> withoutMarker = new LinkedHashSet<>();
    private @Nullable Boolean isCommitted;
    private boolean isOfZombie;

    private Transaction(Session session) {
      this.session = session;
    }

    /** Its records, in the order of their arrival. */
    public List<Entry> entries() {
      return entries;
    }

    /** The connector whose producer made it. */
    public String connector() {
      return session.connector;
    }

    /** Whether another producer of the connector had begun when it was committed. */
    public boolean isOfZombie() {
      return isOfZombie;
    }

    private boolean isCommitted() {
      return Objects.requireNonNullElse(isCommitted, false);
    }
  }

  /** A record in a partition's log; a marker has none. */
  public record Entry(
      TopicPartition partition,
      @Nullable ProducerRecord<byte[], byte[]> sent,
      Transaction transaction) {}

  /** What a consumer is given, and where it reads next. */
  record Fetched(List<Entry> entries, long next) {}

  /** An empty one; {@code lateMarkers} is how likely a marker comes late. */
  public ModelKafka(Random dice, double lateMarkers) {
    this.dice = dice;
    this.lateMarkers = lateMarkers;
  }

  /** Makes a topic that is not there. */
  public synchronized void create(String topic, int partitions) {
    topics.putIfAbsent(topic, partitions);
  }

  synchronized int partitions(String topic) {
    return topics.getOrDefault(topic, 0);
  }

  synchronized Session begin(String id, String connector) {
    end(id);
    int epoch = epochs.merge(id, 1, Integer::sum);
    int number = ++producers;
    latestProducer.put(connector, number);
    return new Session(id, connector, epoch, number);
  }

  /** What is open of an id is aborted, what is decided gets its markers. */
  private void end(String id) {
    for (Transaction of : List.copyOf(unmarked)) {
      if (of.session.id.equals(id)) {
        finish(of);
      }
    }
  }

  private void finish(Transaction of) {
    if (of.isCommitted == null) {
      decide(of, false);
    }
    List.copyOf(of.withoutMarker).forEach(partition -> mark(of, partition));
  }

  private boolean isFenced(Session session) {
    return epochs.getOrDefault(session.id, 0) != session.epoch;
  }

  /** Whether the record was taken; not from a producer that is fenced. */
  synchronized boolean append(Session session, ProducerRecord<byte[], byte[]> sent) {
    if (isFenced(session)) {
      return false;
    }
    Transaction open = session.open;
    if (open == null) {
      end(session.id);
      open = new Transaction(session);
      session.open = open;
      unmarked.add(open);
    }
    TopicPartition partition = partitionOf(sent);
    var entry = new Entry(partition, sent, open);
    open.entries.add(entry);
    open.withoutMarker.add(partition);
    log(partition).add(entry);
    return true;
  }

  private TopicPartition partitionOf(ProducerRecord<byte[], byte[]> sent) {
    int count = partitions(sent.topic());
    if (count == 0) {
      throw new IllegalStateException("No topic " + sent.topic() + " was made");
    }
    int partition = Utils.toPositive(Utils.murmur2(sent.key())) % count;
    return new TopicPartition(sent.topic(), partition);
  }

  private List<Entry> log(TopicPartition partition) {
    return logs.computeIfAbsent(partition, key -> new ArrayList<>());
  }

  /** Whether the transaction was ended; not for a producer that is fenced. */
  synchronized boolean end(Session session, boolean commit) {
    if (isFenced(session)) {
      return false;
    }
    Transaction open = session.open;
    if (open != null) {
      decide(open, commit);
    }
    return true;
  }

  private void decide(Transaction of, boolean commit) {
    of.isCommitted = commit;
    of.session.open = null;
    if (commit) {
      of.isOfZombie = latestProducer.getOrDefault(of.session.connector, 0) > of.session.number;
      committed.add(of);
    }
    for (TopicPartition partition : List.copyOf(of.withoutMarker)) {
      if (dice.nextDouble() >= lateMarkers) {
        mark(of, partition);
      }
    }
  }

  private void mark(Transaction of, TopicPartition partition) {
    log(partition).add(new Entry(partition, null, of));
    of.withoutMarker.remove(partition);
    if (of.withoutMarker.isEmpty()) {
      unmarked.remove(of);
      overdue.remove(of);
    }
  }

  /** A commit is on its way, and comes when nobody waits for it any more. */
  synchronized void commitLater(Session session) {
    delayedCommits.add(session);
  }

  /** What was delayed comes in. */
  public synchronized void deliver() {
    for (Session session : delayedCommits) {
      boolean _ = end(session, true);
    }
    delayedCommits.clear();
    for (Transaction of : List.copyOf(unmarked)) {
      if (of.isCommitted != null) {
        finish(of);
      }
    }
  }

  /** The offset that the next record gets. */
  synchronized long end(TopicPartition partition) {
    return log(partition).size();
  }

  /** Where readers of committed records end. */
  synchronized long stableEnd(TopicPartition partition) {
    List<Entry> log = log(partition);
    for (int i = 0; i < log.size(); i++) {
      if (log.get(i).transaction.withoutMarker.contains(partition)) {
        return i;
      }
    }
    return log.size();
  }

  /** Whoever waits for this end does so until what is open before it has timed out. */
  synchronized void awaitTimeouts(TopicPartition partition, long end) {
    for (Entry entry : log(partition).subList(0, Math.toIntExact(end))) {
      if (entry.transaction.withoutMarker.contains(partition)) {
        overdue.add(entry.transaction);
      }
    }
  }

  synchronized Fetched fetch(TopicPartition partition, long from, boolean committedOnly) {
    List<Entry> log = log(partition);
    List<Entry> found = new ArrayList<>();
    int at = Math.toIntExact(from);
    for (; at < log.size(); at++) {
      Entry entry = log.get(at);
      if (committedOnly && entry.transaction.withoutMarker.contains(partition)) {
        if (!overdue.contains(entry.transaction)) {
          break;
        }
        expire(entry.transaction);
      }
      if (entry.sent != null && (!committedOnly || entry.transaction.isCommitted())) {
        found.add(entry);
      }
    }
    return new Fetched(found, at);
  }

  private void expire(Transaction of) {
    if (of.isCommitted == null) {
      epochs.merge(of.session.id, 1, Integer::sum);
    }
    finish(of);
  }

  /** Every committed transaction, in the order of the decisions. */
  public synchronized List<Transaction> committed() {
    return List.copyOf(committed);
  }

  /** The committed records of each partition, in its order. */
  public synchronized Map<TopicPartition, List<Entry>> committedLogs() {
    Map<TopicPartition, List<Entry>> found =
        new TreeMap<>(Comparator.comparing(TopicPartition::toString));
    logs.forEach((partition, log) -> found.put(partition, fetch(partition, 0, true).entries));
    return found;
  }
}
