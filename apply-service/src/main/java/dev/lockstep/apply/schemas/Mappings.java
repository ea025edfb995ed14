package dev.lockstep.apply.schemas;

import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.errors.TransientFault.Reach;
import dev.lockstep.common.mapping.MappingIndex;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.TargetName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table mappings at one moment. Never changes. */
public final class Mappings {
  private static final Logger log = LoggerFactory.getLogger(Mappings.class);

  /** No mapping at all: the default applies to every table. */
  public static final Mappings NONE = new Mappings(List.of(), List.of());

  private final MappingIndex known;
  private final List<UnreadableMapping> unreadable;
  private final Map<List<String>, List<TableMapping>> applying = new ConcurrentHashMap<>();

  /**
   * These.
   *
   * @param known those that can be read; where a mapping's newest record can't be, the one before
   *     it
   * @param unreadable the newest records that can't be read
   */
  Mappings(Collection<TableMapping> known, Collection<UnreadableMapping> unreadable) {
    this.known = new MappingIndex(known);
    this.unreadable = List.copyOf(unreadable);
  }

  /**
   * The mappings that apply to a source table: one for each target table that its rows go to, in an
   * order that is always the same.
   *
   * @throws TransientFault when it can't be told, as a mapping that may be for it can't be read and
   *     nothing is known of what it was before
   * @throws TableFault when a mapping's pattern takes too long
   */
  public List<TableMapping> of(String database, String table) {
    return applying.computeIfAbsent(List.of(database, table), _ -> find(database, table));
  }

  private List<TableMapping> find(String database, String table) {
    try {
      for (UnreadableMapping mapping : unreadable) {
        if (mapping.holdsBack(database, table)) {
          throw new TransientFault(Reach.TABLE, mapping.described());
        }
      }
      return known.of(database, table);
    } catch (IllegalStateException e) {
      throw new TableFault("Which mapping applies can't be told: " + e.getMessage(), e);
    }
  }

  /** Where a source table's rows go first; empty when it can't be told. */
  public Optional<TargetName> targetOf(String database, String table) {
    try {
      return Optional.of(of(database, table).getFirst().targetOf(database, table));
    } catch (ApplyFault | IllegalStateException e) {
      log.atTrace().setCause(e).log("A table's target can't be told");
      return Optional.empty();
    }
  }

  /** Empty when every record can be read, else which can't and the way out. */
  public Optional<String> problem() {
    return unreadable.isEmpty()
        ? Optional.empty()
        : Optional.of(
            unreadable.stream()
                .map(UnreadableMapping::described)
                .collect(Collectors.joining("; ")));
  }
}
