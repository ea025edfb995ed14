package dev.lockstep.apply.quarantine;

import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.settings.QuarantineSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stops a table of whose records too many can't be applied: then it is not the records that are
 * wrong. Looks at two halves of the window, of which the older is dropped as time goes on. For any
 * thread.
 */
public final class QuarantineCap {
  private final QuarantineSettings settings;
  private final InstantSource clock;
  private final Map<String, Window> windows = new ConcurrentHashMap<>();

  private record Count(long records, long quarantined) {
    static final Count NONE = new Count(0, 0);

    Count plus(long more, long moreQuarantined) {
      return new Count(records + more, quarantined + moreQuarantined);
    }
  }

  private record Window(long half, Count older, Count newer) {
    Window at(long now) {
      if (now <= half) {
        return this;
      }
      return new Window(now, now == half + 1 ? newer : Count.NONE, Count.NONE);
    }
  }

  /** With these limits. */
  public QuarantineCap(QuarantineSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Counts records that are settled. */
  public void settled(String topic, long records, long quarantined) {
    windows.compute(
        topic,
        (t, known) -> {
          Window window = now(known);
          return new Window(
              window.half(), window.older(), window.newer().plus(records, quarantined));
        });
  }

  /**
   * To be asked before a record is quarantined.
   *
   * @param records how many are on the way with it
   * @param quarantined how many of them are to be quarantined, this one included
   * @param reason why it is
   * @throws TableFault when it is one too many
   */
  public void check(String topic, long records, long quarantined, String reason) {
    Window window = now(windows.get(topic));
    Count count =
        window
            .older()
            .plus(window.newer().records(), window.newer().quarantined())
            .plus(records, quarantined);
    boolean tooMany = count.quarantined() > settings.maxRecords();
    boolean tooLarge =
        count.quarantined() > settings.minRecords()
            && count.quarantined() > settings.maxShare() * count.records();
    if (tooMany || tooLarge) {
      throw new TableFault(fault(count, tooMany ? "max-records" : "max-share", reason));
    }
  }

  private Window now(@Nullable Window known) {
    long half = clock.millis() / Math.max(1, settings.window().toMillis() / 2);
    return known == null ? new Window(half, Count.NONE, Count.NONE) : known.at(half);
  }

  private String fault(Count count, String limit, String reason) {
    return "%d of the last %d records can't be applied, more than lockstep.apply.quarantine.%s allows, the last: %s. The table stops rather than have its whole stream quarantined. Mend the cause, or raise the limit; it is tried again by itself"
        .formatted(count.quarantined(), count.records(), limit, reason);
  }
}
