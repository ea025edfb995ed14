package dev.lockstep.common.replay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.lockstep.common.mapping.TableMapping.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A wish to apply records of a source table again; a value of the replays topic under {@link
 * #recordKey}. The apply-service that reads partition 0 of the table's topic carries it out.
 *
 * @param id its id
 * @param database the source's database
 * @param table the source's table
 * @param source which records
 * @param fromTime of the table's topic those published then or later; null for all, or where
 *     offsets say it
 * @param fromOffsets of the table's topic those from here on, by partition; a partition that is not
 *     named is left out, but where none is, all are read
 * @param into where the rows go
 * @param mode of several targets of the table the one that keeps this; null for all of them
 * @param deadLetters the offsets in the dead letters topic of those that are meant; empty for all
 *     of the table
 * @param requestedAt when it was asked for
 * @param cancelled whether it shall end
 */
public record ReplayRequest(
    String id,
    String database,
    String table,
    Source source,
    @Nullable Instant fromTime,
    Map<Integer, Long> fromOffsets,
    Into into,
    @Nullable Mode mode,
    List<Long> deadLetters,
    Instant requestedAt,
    boolean cancelled) {
  private static final String KEY = "request/";

  /** Most dead letters that can be named. */
  public static final int MOST_DEAD_LETTERS = 10_000;

  /** Which records are applied again. */
  public enum Source {
    /** Those of the table's topic. */
    TOPIC,
    /** Those of the table that are in quarantine. */
    DEAD_LETTERS
  }

  /** Where their rows go. */
  public enum Into {
    /** Into the target table, beside what it has; versions decide. */
    TABLE,
    /** Into a new table, which then takes the place of the target table. */
    NEW_TABLE
  }

  /**
   * Copies list and map, and checks what is asked for.
   *
   * @throws IllegalArgumentException with what is wrong and the way out
   */
  public ReplayRequest {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(into, "into");
    Objects.requireNonNull(requestedAt, "requestedAt");
    fromOffsets = fromOffsets == null ? Map.of() : Map.copyOf(fromOffsets);
    deadLetters = deadLetters == null ? List.of() : List.copyOf(deadLetters);
    if (source == Source.DEAD_LETTERS) {
      require(into == Into.TABLE, "into: Dead letters can be replayed into the TABLE only.");
      require(
          fromTime == null && fromOffsets.isEmpty(),
          "from: It is for records of the topic. Leave it out, or name dead letters.");
    } else {
      require(
          deadLetters.isEmpty(),
          "deadLetters: They are named where the source is DEAD_LETTERS. Leave them out.");
    }
    require(
        fromTime == null || fromOffsets.isEmpty(), "from: It must be a time or offsets, not both.");
    require(
        deadLetters.size() <= MOST_DEAD_LETTERS,
        "deadLetters: There can be 10,000 at most. Leave them out to replay all of the table.");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Whether it begins with the first record that its topic has. */
  @JsonIgnore
  public boolean isFromTheBegin() {
    return fromTime == null && fromOffsets.isEmpty();
  }

  /** The same, to be ended. */
  public ReplayRequest cancel() {
    return new ReplayRequest(
        id,
        database,
        table,
        source,
        fromTime,
        fromOffsets,
        into,
        mode,
        deadLetters,
        requestedAt,
        true);
  }

  /** The record key in the replays topic. */
  public static String recordKey(String id) {
    return KEY + id;
  }

  /** Whether a key of the replays topic is that of a request. */
  public static boolean isKey(String key) {
    return key.startsWith(KEY);
  }
}
