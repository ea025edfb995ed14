package dev.lockstep.admin.mappings;

import dev.lockstep.common.mapping.ColumnMapping;
import dev.lockstep.common.mapping.ColumnType;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.TableMapping.Deletes;
import dev.lockstep.common.mapping.TableMapping.Mode;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.mapping.TypeOptions.OutOfRange;
import dev.lockstep.common.mapping.TypeOptions.ZeroDates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares two states of a mapping. What is said in other words but the same is no change. */
final class Comparison {
  private final TableMapping before;
  private final TableMapping after;
  private final boolean isMirror;
  private final List<Impact.Change> changes = new ArrayList<>();

  private Comparison(TableMapping before, TableMapping after) {
    this.before = before;
    this.after = after;
    this.isMirror = after.keeps() == Mode.MIRROR;
  }

  /**
   * What a change needs.
   *
   * @param stored the mapping that is replaced; empty where it is new, which is compared with the
   *     defaults
   */
  static Impact of(Optional<TableMapping> stored, TableMapping after) {
    TableMapping before = stored.orElse(TableMapping.of(after.name(), after.tables()));
    var comparison = new Comparison(before, after);
    comparison.compare();
    return Impact.of(comparison.changes);
  }

  private void compare() {
    check("tables", before.tables(), after.tables(), ChangeRule.TABLES);
    if (before.keeps() != after.keeps()) {
      // Nothing else counts where another table takes the rows.
      add("mode", isMirror ? ChangeRule.MODE_MIRROR : ChangeRule.MODE);
      return;
    }
    check(
        "target",
        before.target(),
        after.target(),
        isMirror ? ChangeRule.TARGET : ChangeRule.TARGET_OF_CHANGES);
    compareOptions("options", before.options(), after.options());
    Set<String> columns = new TreeSet<>(before.columns().keySet());
    columns.addAll(after.columns().keySet());
    columns.forEach(name -> compareColumn(name, before.column(name), after.column(name)));
    compareLayout();
    compareRows();
  }

  private void compareLayout() {
    var was = before.storage();
    var is = after.storage();
    check("computed", before.computed(), after.computed(), ChangeRule.LAYOUT_IN_PLACE);
    boolean sameColumns = new HashSet<>(was.orderBy()).equals(new HashSet<>(is.orderBy()));
    check(
        "orderBy",
        was.orderBy(),
        is.orderBy(),
        sameColumns || after.keeps() == Mode.APPEND ? ChangeRule.PLACES : ChangeRule.SORTING);
    check("partitionBy", was.partitionBy(), is.partitionBy(), ChangeRule.PLACES);
    check("ttl", was.ttl(), is.ttl(), ChangeRule.LAYOUT_IN_PLACE);
    check("settings", was.settings(), is.settings(), ChangeRule.LAYOUT_IN_PLACE);
  }

  private void compareRows() {
    check(
        "filter",
        before.condition(),
        after.condition(),
        after.keeps() == Mode.APPEND ? ChangeRule.FILTER_OF_EVENTS : ChangeRule.FILTER);
    Deletes was = before.deletePolicy();
    Deletes is = after.deletePolicy();
    boolean soft = was == Deletes.SOFT || is == Deletes.SOFT;
    check(
        "deletes",
        was,
        is,
        soft
            ? ChangeRule.SOFT
            : was == Deletes.IGNORE ? ChangeRule.NOT_IGNORED : ChangeRule.IGNORED);
    check("keyless", before.keylessPolicy(), after.keylessPolicy(), ChangeRule.KEYLESS);
  }

  private void compareColumn(String name, ColumnMapping was, ColumnMapping is) {
    String where = "columns." + name;
    boolean excluded = before.excludes(name);
    if (excluded != after.excludes(name)) {
      add(where + ".exclude", excluded ? ChangeRule.INCLUDED : ChangeRule.EXCLUDED);
      return;
    }
    check(where + ".name", before.nameOf(name), after.nameOf(name), ChangeRule.RENAMED);
    check(where + ".type", type(was), type(is), ChangeRule.TYPE);
    check(where + ".mask", was.mask(), is.mask(), ChangeRule.MASK);
    compareOptions(where, was.options(), is.options());
  }

  private static @Nullable ColumnType type(ColumnMapping column) {
    return column.chosenType();
  }

  private void compareOptions(String where, TypeOptions was, TypeOptions is) {
    if (was.zeroDates() != is.zeroDates()) {
      boolean typed = was.zeroDates() == ZeroDates.NULL || is.zeroDates() == ZeroDates.NULL;
      add(where + ".zeroDates", typed ? ChangeRule.TYPE : ChangeRule.ALTERING);
    }
    if (was.outOfRange() != is.outOfRange()) {
      boolean typed = was.outOfRange() == OutOfRange.STRING || is.outOfRange() == OutOfRange.STRING;
      add(where + ".outOfRange", typed ? ChangeRule.TYPE : ChangeRule.ALTERING);
    }
    check(where + ".binary", was.binary(), is.binary(), ChangeRule.TYPE);
    check(where + ".json", was.json(), is.json(), ChangeRule.TYPE);
    check(where + ".geometry", was.geometry(), is.geometry(), ChangeRule.TYPE);
    check(where + ".time", was.time(), is.time(), ChangeRule.TYPE);
    check(where + ".boolLike", was.boolLike(), is.boolLike(), ChangeRule.TYPE);
    check(where + ".lowCardinality", was.lowCardinality(), is.lowCardinality(), ChangeRule.TYPE);
    check(where + ".codec", was.codec(), is.codec(), ChangeRule.CODEC);
  }

  private void check(String property, @Nullable Object was, @Nullable Object is, ChangeRule rule) {
    if (!Objects.equals(was, is)) {
      add(property, rule);
    }
  }

  private void add(String property, ChangeRule rule) {
    changes.add(Impact.Change.of(property, rule));
  }
}
