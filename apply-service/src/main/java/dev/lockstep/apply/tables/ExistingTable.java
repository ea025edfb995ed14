package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.Identifiers;
import dev.lockstep.apply.encode.RowForm;
import dev.lockstep.apply.types.TargetColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table as ClickHouse describes it.
 *
 * @param engine its engine's name
 * @param engineFull its engine with all arguments; empty for a view
 * @param comment its comment
 * @param sortingKey the columns of its sorting key
 * @param columns its columns' types by name, in their order
 * @param comments its columns' comments by name
 * @param partitionColumns the columns in its partition key
 */
record ExistingTable(
    String engine,
    String engineFull,
    String comment,
    List<String> sortingKey,
    Map<String, String> columns,
    Map<String, String> comments,
    Set<String> partitionColumns) {

  boolean isView() {
    return engine.equals("View");
  }

  /** What keeps it from taking the definition's rows; columns that it lacks are not among it. */
  List<String> misfits(TableDefinition wanted) {
    List<String> misfits = new ArrayList<>();
    List<String> key = wanted.sortingKey();
    if (!wanted.cluster().accepts(engine)) {
      misfits.add(
          "its engine is %s, which keeps rows on one host, and must be a Replicated one by lockstep.apply.clickhouse.replicated"
              .formatted(engine));
    }
    if (!isReplacing(wanted)) {
      misfits.add(
          "its engine is %s and must be %s"
              .formatted(engineFull.isEmpty() ? engine : engineFull, wanted.engine()));
    }
    if (!isSortedBy(wanted)) {
      misfits.add(
          "its sorting key is (%s) and must be (%s)"
              .formatted(Identifiers.quoteAll(sortingKey), Identifiers.quoteAll(key)));
    }
    if (wanted.form() == RowForm.MIRROR && !key.containsAll(partitionColumns)) {
      Set<String> others = new HashSet<>(partitionColumns);
      key.forEach(others::remove);
      misfits.add("its partition key uses " + others + ", which are not in its sorting key");
    }
    wanted.ownColumns().forEach(own -> addOwn(misfits, own));
    wanted.columns().forEach(column -> addType(misfits, column, wanted));
    return misfits;
  }

  private void addOwn(List<String> misfits, OwnColumn own) {
    String found = columns.get(own.sqlName());
    if (found == null && own != OwnColumn.ALTERED) {
      misfits.add("it lacks column %s %s".formatted(own.sqlName(), own.type()));
    } else if (found != null && !found.equals(own.type())) {
      misfits.add("its column %s is %s and must be %s".formatted(own.sqlName(), found, own.type()));
    }
  }

  private void addType(List<String> misfits, TargetColumn column, TableDefinition wanted) {
    String found = columns.get(column.name());
    if (found == null) {
      if (wanted.key().contains(column.name())) {
        misfits.add("it lacks column %s %s".formatted(column.name(), column.type()));
      }
    } else if (!found.equals(column.type())) {
      misfits.add(
          "its column %s is %s and must be %s by mapping %s"
              .formatted(column.name(), found, column.type(), wanted.mapping()));
    } else {
      addForm(misfits, column, wanted);
    }
  }

  private void addForm(List<String> misfits, TargetColumn column, TableDefinition wanted) {
    String found = FormMark.formBy(comments.getOrDefault(column.name(), ""));
    String form = FormMark.wanted(column);
    if (!found.equals(form)) {
      misfits.add(
          "its column %s holds values as %s by its comment and must hold them as %s by mapping %s. Where it has no rows yet or they are %s, %s"
              .formatted(
                  column.name(), found, form, wanted.mapping(), form, changeComment(column, form)));
    }
  }

  private static String changeComment(TargetColumn column, String form) {
    return form.equals(FormMark.PLAIN)
        ? "take the mark off the end of its comment"
        : "end its comment with '%s' (ALTER TABLE … COMMENT COLUMN %s '…')"
            .formatted(FormMark.of(form), Identifiers.quote(column.name()));
  }

  /**
   * Whether it takes the same rows for one: the order of the columns makes no difference. Events
   * differ in their versions.
   */
  boolean isSortedBy(TableDefinition wanted) {
    if (wanted.form() == RowForm.APPEND) {
      return sortingKey.contains(OwnColumn.VERSION.sqlName());
    }
    return Set.copyOf(sortingKey).equals(Set.copyOf(wanted.sortingKey()));
  }

  /** Whether its engine keeps the same ones of equal rows. */
  boolean isReplacing(TableDefinition wanted) {
    if (!engine.endsWith("ReplacingMergeTree")) {
      return false;
    }
    String arguments = engineArguments();
    String definition = wanted.engine();
    int bracket = definition.indexOf('(');
    String needed = bracket < 0 ? "" : definition.substring(bracket + 1, definition.length() - 1);
    return arguments.equals(needed);
  }

  /** Without the path and the replica, which stand first and in quotes. */
  private String engineArguments() {
    if (!engineFull.startsWith(engine + "(")) {
      return "";
    }
    String rest = engineFull.substring(engine.length() + 1);
    while (rest.startsWith("'")) {
      rest = rest.substring(rest.indexOf('\'', 1) + 1);
      rest = rest.startsWith(", ") ? rest.substring(2) : rest;
    }
    return rest.substring(0, Math.max(rest.indexOf(')'), 0));
  }
}
