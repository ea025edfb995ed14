package dev.lockstep.apply.clickhouse;

import com.clickhouse.client.api.Client;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.errors.TransientFault.Reach;
import dev.lockstep.apply.settings.ClickHouseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hosts of the target. One is used for everything until it can't be; then the next that can be
 * is, within the same request. It is not left for one that stands before it and is back.
 */
final class Hosts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Hosts.class);

  /** For so long a host that was moved to may lack what was prepared on another. */
  private static final long MOVING_NANOS = Duration.ofSeconds(10).toNanos();

  private final List<Host> hosts;
  private final int connections;
  private volatile Place place = new Place(0, System.nanoTime() - MOVING_NANOS);

  private record Host(String address, Client client) {}

  private record Place(int index, long sinceNanos) {}

  /** What is asked of a host. */
  interface Request<T> {
    /**
     * Asks it.
     *
     * @throws ApplyFault when it does not do it
     */
    T of(Client client);
  }

  Hosts(ClickHouseSettings settings, int connections) {
    this.connections = connections;
    this.hosts =
        settings.url().hosts().stream()
            .map(host -> new Host(host.getAuthority(), Clients.of(host, settings, connections)))
            .toList();
  }

  /** The one that is used now. */
  String current() {
    return hosts.get(place.index()).address();
  }

  /**
   * Has the current host do it, or the next one that can.
   *
   * @throws ApplyFault when none does
   */
  <T> T ask(Request<T> request) {
    Place first = place;
    List<String> reasons = new ArrayList<>();
    for (int i = 0; ; i++) {
      int index = (first.index() + i) % hosts.size();
      Host host = hosts.get(index);
      try {
        T answer = askOne(host, request);
        if (i > 0) {
          moveTo(index, first, reasons);
        }
        return answer;
      } catch (ApplyFault e) {
        if (!ClickHouseFaults.mayPassElsewhere(e)) {
          if (i > 0) {
            moveTo(index, first, reasons);
          }
          throw i > 0 || isMoving() ? whileMoving(host, e) : e;
        }
        reasons.add(host.address() + ": " + e.reason());
        if (i + 1 == hosts.size() || Thread.currentThread().isInterrupted()) {
          throw hosts.size() == 1 ? e : ofAll(reasons, e);
        }
      }
    }
  }

  /** A host that was started anew is there, though no connection to it is any more. */
  private <T> T askOne(Host host, Request<T> request) {
    for (int left = connections; ; left--) {
      try {
        return request.of(host.client());
      } catch (TransientFault e) {
        if (left == 0 || !ClickHouseFaults.isOfOldConnection(e)) {
          throw e;
        }
      }
    }
  }

  private boolean isMoving() {
    return System.nanoTime() - place.sinceNanos() < MOVING_NANOS;
  }

  /** Requests that are under way at a time find out one after another. */
  private synchronized void moveTo(int index, Place from, List<String> reasons) {
    if (place.equals(from)) {
      place = new Place(index, System.nanoTime());
      log.atWarn()
          .addKeyValue("from", hosts.get(from.index()).address())
          .addKeyValue("to", hosts.get(index).address())
          .addKeyValue("reason", String.join("; ", reasons))
          .log("Moved to another host of ClickHouse");
    }
  }

  /** What a table lacks there is looked at anew before it is anybody's fault. */
  private static ApplyFault whileMoving(Host host, ApplyFault fault) {
    return fault instanceof TransientFault
        ? fault
        : new TransientFault(
            Reach.TABLE,
            "Just moved to ClickHouse's " + host.address() + ": " + fault.reason(),
            fault);
  }

  private static TransientFault ofAll(List<String> reasons, ApplyFault last) {
    Reach reach = last instanceof TransientFault fault ? fault.reach() : Reach.TARGET;
    return new TransientFault(
        reach, "No host of ClickHouse can be used: " + String.join("; ", reasons), last);
  }

  @Override
  public void close() {
    hosts.forEach(host -> host.client().close());
  }
}
