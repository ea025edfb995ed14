package dev.lockstep.common.replay;

import dev.lockstep.common.kafka.ControlCodec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the replays topic says. Filled by one thread, asked by any. */
public final class ReplayBook {
  private static final Logger log = LoggerFactory.getLogger(ReplayBook.class);

  private final Map<String, ReplayRequest> requests = new ConcurrentHashMap<>();
  private final Map<String, ReplayStatus> statuses = new ConcurrentHashMap<>();

  /** Takes a record of the replays topic. */
  public void accept(String key, byte @Nullable [] value) {
    if (value == null) {
      return;
    }
    try {
      if (ReplayRequest.isKey(key)) {
        add(ControlCodec.decode(value, ReplayRequest.class));
      } else if (ReplayStatus.isKey(key)) {
        report(ControlCodec.decode(value, ReplayStatus.class));
      }
    } catch (IllegalArgumentException e) {
      log.atWarn().setCause(e).addKeyValue("key", key).log("A replay's record can't be read");
    }
  }

  /** Adds a request, or its cancellation. */
  public void add(ReplayRequest request) {
    requests.merge(request.id(), request, (before, now) -> before.cancelled() ? before : now);
  }

  /** Takes a report; one that is late never opens again what has ended. */
  public void report(ReplayStatus status) {
    statuses.merge(
        status.id(),
        status,
        (before, now) -> before.state().isFinal() || before.at().isAfter(now.at()) ? before : now);
  }

  /** All requests, the oldest first. */
  public List<ReplayRequest> requests() {
    return requests.values().stream()
        .sorted(Comparator.comparing(ReplayRequest::requestedAt).thenComparing(ReplayRequest::id))
        .toList();
  }

  /** The request of this id. */
  public Optional<ReplayRequest> request(String id) {
    return Optional.ofNullable(requests.get(id));
  }

  /** How far a request has come. */
  public ReplayStatus status(ReplayRequest request) {
    return statuses.getOrDefault(request.id(), ReplayStatus.queued(request));
  }
}
