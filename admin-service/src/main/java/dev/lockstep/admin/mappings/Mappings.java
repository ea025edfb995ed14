package dev.lockstep.admin.mappings;

import dev.lockstep.admin.names.Names;
import dev.lockstep.admin.outbox.OutboxPublisher;
import dev.lockstep.common.mapping.MappingIndex;
import dev.lockstep.common.mapping.TableMapping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes mappings: stored, then published. */
public final class Mappings {
  private static final Logger log = LoggerFactory.getLogger(Mappings.class);

  /** Each is asked about each table, and all of them are one answer. */
  static final int MOST = 1_000;

  /** A stored change reaches Kafka by itself: a request waits no longer than this for it. */
  private static final Duration PUBLISH_WAIT = Duration.ofSeconds(2);

  private final MappingStore store;
  private final OutboxPublisher publisher;
  private final MappingAdoption adoption;

  /** Mappings of this store. */
  public Mappings(MappingStore store, OutboxPublisher publisher, MappingAdoption adoption) {
    this.store = store;
    this.publisher = publisher;
    this.adoption = adoption;
  }

  /** All mappings by name. */
  List<TableMapping> list() {
    return store.list();
  }

  /**
   * The mapping of this name.
   *
   * @throws MappingException.Unknown when there is none
   */
  TableMapping get(String name) {
    return find(name).orElseThrow(() -> new MappingException.Unknown(name));
  }

  /** A name that no mapping can have is not looked up: not every database takes each character. */
  private Optional<TableMapping> find(String name) {
    return Names.errors("mapping", name).isEmpty() ? store.find(name) : Optional.empty();
  }

  /**
   * What became of a mapping that was put.
   *
   * @param isNew whether there was none of its name
   * @param impact what the change needs
   */
  record Put(boolean isNew, Impact impact) {}

  /**
   * Makes a mapping or replaces it.
   *
   * @param dryRun whether nothing is stored, and only told what it would need
   * @throws MappingException when it is refused
   */
  Put put(TableMapping mapping, boolean dryRun) {
    adoption.requireSettled();
    Optional<TableMapping> stored = find(mapping.name());
    boolean isNew = stored.isEmpty();
    if (isNew && store.count() >= MOST) {
      throw new MappingException.TooMany(MOST);
    }
    if (!dryRun) {
      store.put(mapping);
      changed(isNew ? "Mapping created" : "Mapping changed", mapping.name());
    }
    return new Put(isNew, Comparison.of(stored, mapping));
  }

  /**
   * Deletes a mapping.
   *
   * @throws MappingException.Unknown when there is none of that name
   */
  void delete(String name) {
    adoption.requireSettled();
    if (find(name).isEmpty() || !store.delete(name)) {
      throw new MappingException.Unknown(name);
    }
    changed("Mapping deleted", name);
  }

  /**
   * The mappings of a table.
   *
   * @param applying those that apply to it
   * @param matching all whose pattern matches it, the most specific first
   */
  record Matches(List<TableMapping> applying, List<TableMapping> matching) {}

  /**
   * The mappings of {@code database.table}.
   *
   * @throws MappingException.NoTable when no table can be called that, or a pattern takes too many
   *     steps to tell
   */
  Matches matches(String qualified) {
    int dot = qualified.indexOf('.');
    if (dot < 1 || dot == qualified.length() - 1) {
      throw new MappingException.NoTable(
          "The parameter table must name database and table, as in inventory.orders.");
    }
    if (qualified.length() > 2 * PatternRules.LONGEST_NAME + 1) {
      throw new MappingException.NoTable(
          "The parameter table is longer than MySQL's names can be, 64 characters each.");
    }
    try {
      String database = qualified.substring(0, dot);
      String table = qualified.substring(dot + 1);
      var index = new MappingIndex(store.list());
      return new Matches(index.applying(database, table), index.matching(database, table));
    } catch (IllegalStateException e) {
      throw new MappingException.NoTable("Can't tell for this table, " + e.getMessage());
    }
  }

  private void changed(String what, String name) {
    log.atInfo().addKeyValue("mapping", name).log(what);
    publisher
        .nudge()
        .completeOnTimeout(null, PUBLISH_WAIT.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
