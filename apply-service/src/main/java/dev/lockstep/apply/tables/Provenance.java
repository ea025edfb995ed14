package dev.lockstep.apply.tables;

import static dev.lockstep.apply.clickhouse.Identifiers.literal;
import static dev.lockstep.apply.clickhouse.Identifiers.quote;

import dev.lockstep.apply.encode.RowForm;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.types.TargetColumn;
import dev.lockstep.common.mapping.TableMapping.Deletes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the rows that a table has are those that a definition would have made. */
final class Provenance {
  private final ExistingTable existing;
  private final TableDefinition wanted;
  private final @Nullable TableMark found;
  private final boolean isFilled;
  private final Set<String> wantedNames;
  private final List<String> misfits = new ArrayList<>();

  /**
   * Of a table.
   *
   * @param appliedBefore how many rows were applied to it; one without any, and without a mark, is
   *     taken as it is
   * @throws TableFault when its mark can't be read
   */
  Provenance(ExistingTable existing, TableDefinition wanted, long appliedBefore) {
    this.existing = existing;
    this.wanted = wanted;
    this.found = mark(existing, wanted).orElse(null);
    this.isFilled = found != null || appliedBefore > 0;
    this.wantedNames =
        wanted.columns().stream().map(TargetColumn::name).collect(Collectors.toSet());
  }

  private static Optional<TableMark> mark(ExistingTable existing, TableDefinition wanted) {
    try {
      return TableMark.read(existing.comment());
    } catch (IllegalArgumentException e) {
      throw new TableFault(
          "What the comment of target table %s says of its rows can't be read. Where they are what mapping %s makes, %s"
              .formatted(wanted.quotedStorage(), wanted.mapping(), accept(existing, wanted)),
          e);
    }
  }

  /** What stands against it. */
  List<String> misfits() {
    if (found != null && !found.source().equals(TableMark.of(wanted).source())) {
      misfits.add(
          "it has the rows of the source table %s, and two can't be told apart in it. Give one of them another target in a mapping, or, where %s is there no more, %s"
              .formatted(found.source(), found.source(), accept(existing, wanted)));
      return misfits;
    }
    if (isFilled) {
      wanted.columns().forEach(this::check);
      wanted.leftOut().forEach(this::checkLeftOut);
      checkDeletes();
      checkFilter();
    }
    return misfits;
  }

  private void check(TargetColumn column) {
    if (existing.columns().containsKey(column.name())) {
      checkHolder(column);
    } else if (found != null && found.without().contains(column.source())) {
      misfits.add(
          "it was filled without column %s, which mapping %s does not exclude"
              .formatted(column.source(), wanted.mapping()));
    } else if (isUnder(nameOf(column.source()))) {
      misfits.add(
          "its column %1$s must be called %2$s by mapping %3$s (ALTER TABLE %4$s RENAME COLUMN %5$s TO %6$s)"
              .formatted(
                  nameOf(column.source()),
                  column.name(),
                  wanted.mapping(),
                  wanted.quotedStorage(),
                  quote(nameOf(column.source())),
                  quote(column.name())));
    }
  }

  /** Whether a column is there that nothing else of the source shall be in. */
  private boolean isUnder(String name) {
    return existing.columns().containsKey(name) && !wantedNames.contains(name);
  }

  private String nameOf(String source) {
    return found == null ? source : found.names().getOrDefault(source, source);
  }

  /** That the column has been filled with what shall be in it. */
  private void checkHolder(TargetColumn column) {
    String holder = holder(column.name());
    if (holder != null && !holder.equals(column.source())) {
      misfits.add(
          "its column %s has the values of %s in the source and must have those of %s by mapping %s. Where it has them, %s"
              .formatted(
                  column.name(),
                  holder,
                  column.source(),
                  wanted.mapping(),
                  accept(existing, wanted)));
    }
  }

  /** The source's column whose values were written there; null when that is not known. */
  private @Nullable String holder(String name) {
    if (found != null) {
      for (var renamed : found.names().entrySet()) {
        if (renamed.getValue().equals(name)) {
          return renamed.getKey();
        }
      }
      if (found.names().containsKey(name) || found.without().contains(name)) {
        return null;
      }
    }
    return wanted.schema().columns().stream().anyMatch(column -> column.name().equals(name))
        ? name
        : null;
  }

  private void checkLeftOut(String source) {
    boolean knownWithout = found != null && found.without().contains(source);
    if (!knownWithout && isUnder(nameOf(source))) {
      misfits.add(
          "its column %s is excluded by mapping %s and has values (ALTER TABLE %s DROP COLUMN %s)"
              .formatted(
                  nameOf(source), wanted.mapping(), wanted.quotedStorage(), quote(nameOf(source))));
    }
  }

  private void checkDeletes() {
    boolean kept = found != null && found.deletes() == Deletes.IGNORE;
    if (kept && wanted.rules().deletePolicy() != Deletes.IGNORE) {
      misfits.add(
          "it has kept rows that were deleted in the source, and by mapping %s it must not. Where they may stay, %s"
              .formatted(wanted.mapping(), accept(existing, wanted)));
    }
  }

  /** Events go on by another filter; of rows and versions it would not be known who is missing. */
  private void checkFilter() {
    String before = found == null ? null : found.filter();
    String now = TableMark.filter(wanted);
    if (wanted.form() != RowForm.APPEND && !Objects.equals(before, now)) {
      misfits.add(
          "it was filled with %s, and by mapping %s it must have %s: rows would be missing, or too many. Rebuild it, or, where it has those already, %s"
              .formatted(shown(before), wanted.mapping(), shown(now), accept(existing, wanted)));
    }
  }

  private static String shown(@Nullable String filter) {
    return filter == null ? "all rows" : "the rows where " + filter;
  }

  /** The statements that make of the table what it shall be, and note that it is. */
  List<String> changes() {
    TableMark mark = TableMark.of(wanted);
    TableMark merged = found == null ? mark : mark.knowing(found, wanted);
    if (merged.equals(found)) {
      return List.of();
    }
    TableMark before = found == null ? TableMark.none(mark.source()) : found;
    List<String> statements = new ArrayList<>(TableChanges.of(existing, wanted, before));
    statements.add(wanted.modifyComment(merged.in(existing.comment())));
    return statements;
  }

  /** What tells that the rows are right all the same. */
  private static String accept(ExistingTable existing, TableDefinition wanted) {
    return "say so: ALTER TABLE %s MODIFY COMMENT %s"
        .formatted(wanted.storageOnCluster(), literal(TableMark.of(wanted).in(existing.comment())));
  }
}
