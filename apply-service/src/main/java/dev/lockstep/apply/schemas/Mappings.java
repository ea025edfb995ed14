package dev.lockstep.apply.schemas;

import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.errors.TransientFault.Reach;
import dev.lockstep.common.mapping.MappingIndex;
import dev.lockstep.common.mapping.TableMapping;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table mappings at one moment. Never changes. */
public final class Mappings {
  /** No mapping at all: the default applies to every table. */
  public static final Mappings NONE = new Mappings(List.of(), List.of());

  private final MappingIndex known;
  private final List<UnreadableMapping> unreadable;

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
   * The mapping that applies to a source table.
   *
   * @throws TransientFault when it can't be told, as a mapping that may be for it can't be read and
   *     nothing is known of what it was before
   * @throws TableFault when a mapping's pattern takes too long
   */
  public TableMapping of(String database, String table) {
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
