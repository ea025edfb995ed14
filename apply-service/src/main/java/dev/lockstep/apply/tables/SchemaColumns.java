package dev.lockstep.apply.tables;

import dev.lockstep.apply.encode.RowForm;
import dev.lockstep.apply.types.ColumnChange;
import dev.lockstep.apply.types.TargetColumn;
import dev.lockstep.apply.types.TypeRules;
import dev.lockstep.apply.types.UnsupportedColumnException;
import dev.lockstep.common.mapping.Mask;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.TableMapping.Deletes;
import dev.lockstep.common.mapping.TableMapping.Keyless;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a schema's columns become by a mapping, and everything that stands against it. */
final class SchemaColumns {
  private final TableSchema schema;
  private final TableMapping mapping;
  private final RowForm form;
  private final Salts salts;

  /** Whether rows are told apart by their key. */
  private final boolean isTold;

  private final List<TargetColumn> targets = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final List<String> problems;

  private SchemaColumns(
      TableSchema schema, TableMapping mapping, RowForm form, Salts salts, List<String> problems) {
    this.schema = schema;
    this.mapping = mapping;
    this.form = form;
    this.salts = salts;
    this.problems = problems;
    this.isTold = form == RowForm.MIRROR || form == RowForm.HISTORY;
  }

  /**
   * The columns of the target in the source's order.
   *
   * @param problems what stands against them is added here
   */
  static List<TargetColumn> of(
      TableSchema schema, TableMapping mapping, RowForm form, Salts salts, List<String> problems) {
    var columns = new SchemaColumns(schema, mapping, form, salts, problems);
    schema.columns().forEach(columns::add);
    columns.checkKey();
    return List.copyOf(columns.targets);
  }

  private void add(Column column) {
    boolean inKey = schema.key().contains(column.name());
    if (mapping.excludes(column.name())) {
      if (isTold && inKey) {
        problems.add(
            "Key column %s is excluded by mapping %s: rows could not be told apart. Take that out"
                .formatted(column.name(), mapping.name()));
      }
      return;
    }
    Mask mask = mapping.column(column.name()).mask();
    Optional<String> noSalt = salts.problem(column.name(), mask);
    if (noSalt.isPresent()) {
      problems.add(noSalt.get());
      return;
    }
    try {
      targets.add(target(column, inKey).named(mapping.nameOf(column.name())));
      if (isTold && inKey) {
        checkKeyColumn(column);
      }
    } catch (UnsupportedColumnException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    checkName(column);
  }

  private TargetColumn target(Column column, boolean inKey) {
    TypeOptions options = mapping.optionsOf(column.name());
    Mask mask = mapping.column(column.name()).mask();
    var change = new ColumnChange(mapping.column(column.name()).chosenType(), mask, salts.of(mask));
    if (form == RowForm.MULTISET) {
      return TypeRules.keylessTarget(column, options, change);
    }
    return isTold && inKey
        ? TypeRules.keyTarget(column, options, change)
        : TypeRules.target(column, options, change);
  }

  private void checkKeyColumn(Column column) {
    if (column.nullable()) {
      problems.add(
          "Key column %s may be NULL. Make it NOT NULL, or choose other columns in the connector's message.key.columns, or leave the table out there to keep it without a key"
              .formatted(column.name()));
    }
  }

  private void checkName(Column column) {
    String name = mapping.nameOf(column.name());
    if (OwnColumn.isTaken(name, form)) {
      problems.add(
          "Column %s has a name that the target needs for itself. Give it another by name in a mapping, or leave it out with column.exclude.list, or rename it in the source"
              .formatted(name));
    }
    if (!names.add(name)) {
      problems.add(
          "Two columns would be called %s in the target. Give %s another name in mapping %s"
              .formatted(name, column.name(), mapping.name()));
    }
  }

  private void checkKey() {
    if (form == RowForm.MULTISET && mapping.keylessPolicy() == Keyless.REFUSE) {
      problems.add(
          "It has no key, so its rows can't be told apart, and mapping %s refuses such tables. Give it a primary key, name columns that identify a row in message.key.columns, or set keyless to MULTISET"
              .formatted(mapping.name()));
    }
    if (form == RowForm.HISTORY && schema.key().isEmpty()) {
      problems.add(
          "It has no key, so versions of a row can't be told from other rows. Give it one, or keep its changes with mode APPEND in mapping %s"
              .formatted(mapping.name()));
    }
    if (form.keepsChanges() && mapping.deletePolicy() == Deletes.SOFT) {
      problems.add(
          "deletes SOFT is for mode MIRROR: what is kept by mapping %s has deletes as what they are. Set it to DELETE or IGNORE"
              .formatted(mapping.name()));
    }
    if (form == RowForm.MULTISET && mapping.deletePolicy() == Deletes.SOFT) {
      problems.add(
          "It has no key, so no row can be marked as deleted, as mapping %s has deletes SOFT. Set it to DELETE or IGNORE, or give the table a key"
              .formatted(mapping.name()));
    }
    for (String name : schema.key()) {
      if (schema.columns().stream().noneMatch(column -> column.name().equals(name))) {
        problems.add("Key column " + name + " is not among its columns. Don't exclude it");
      }
    }
  }
}
