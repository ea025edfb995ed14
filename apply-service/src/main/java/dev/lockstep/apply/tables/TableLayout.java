package dev.lockstep.apply.tables;

import dev.lockstep.apply.encode.RowForm;
import dev.lockstep.apply.types.TargetColumn;
import dev.lockstep.common.mapping.Mask;
import dev.lockstep.common.mapping.SqlExpression;
import dev.lockstep.common.mapping.Storage;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.TableMapping.Deletes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a target table is laid out, and everything that stands against it. What decides about a row's
 * place, or whether it is there, must be the same for all its versions: ClickHouse merges rows of
 * one sorting key and one partition only.
 *
 * @param sortingKey the columns of the sorting key, by their names in the target
 * @param moving those of them that are not of the source's key: a row moves when one changes
 */
record TableLayout(List<String> sortingKey, List<String> moving) {
  private static final Set<String> KEEPING = Set.of("TO", "RECOMPRESS");

  /** Copies the lists. */
  TableLayout {
    sortingKey = List.copyOf(sortingKey);
    moving = List.copyOf(moving);
  }

  /**
   * The layout that a mapping asks for.
   *
   * @param key the names in the target of the source's key
   * @param problems what stands against it is added here
   */
  static TableLayout of(
      RowForm form,
      List<TargetColumn> columns,
      List<String> key,
      TableMapping mapping,
      List<String> problems) {
    return new Reading(form, columns, key, mapping, problems).layout();
  }

  private record Reading(
      RowForm form,
      List<TargetColumn> columns,
      List<String> key,
      TableMapping mapping,
      List<String> problems) {
    private Storage storage() {
      return mapping.storage();
    }

    TableLayout layout() {
      checkComputed();
      checkMasks();
      return switch (form) {
        case MIRROR -> mirror();
        case MULTISET -> multiset();
        case HISTORY -> changes(key, true);
        case APPEND -> changes(List.of(), false);
      };
    }

    private TableLayout multiset() {
      if (!storage().orderBy().isEmpty() || storage().ttl() != null) {
        add(
            "orderBy and ttl are for tables with a key: this one keeps each change until the table is read anew");
      }
      if (!mapping.computed().isEmpty()) {
        add("computed columns are for tables with a key: what is queried of this one is a view");
      }
      return new TableLayout(
          List.of(OwnColumn.SIGN.sqlName(), OwnColumn.VERSION.sqlName()), List.of());
    }

    /** A change never changes, so anything can decide about its place. */
    private TableLayout changes(List<String> needed, boolean byKey) {
      List<String> sortingKey = new ArrayList<>(storage().orderBy());
      if (!sortingKey.isEmpty() && !sortingKey.containsAll(needed)) {
        add(
            "orderBy must have all columns of the key (%s), by which the versions of a row are found"
                .formatted(String.join(", ", needed)));
      }
      sortingKey.forEach(this::checkSortable);
      if (sortingKey.isEmpty() && byKey) {
        sortingKey.addAll(key);
      }
      if (!sortingKey.contains(OwnColumn.VERSION.sqlName())) {
        sortingKey.add(OwnColumn.VERSION.sqlName());
      }
      if (!byKey) {
        key.stream()
            .filter(name -> !sortingKey.contains(name) && isSortable(typeOf(name)))
            .forEach(sortingKey::add);
      }
      return new TableLayout(sortingKey, List.of());
    }

    private TableLayout mirror() {
      List<String> sortingKey = storage().orderBy().isEmpty() ? key : storage().orderBy();
      List<String> moving = new ArrayList<>(sortingKey);
      moving.removeAll(key);
      if (!sortingKey.containsAll(key)) {
        add(
            "orderBy must have all columns of the key (%s), as rows that are equal in it are one row"
                .formatted(String.join(", ", key)));
      }
      moving.forEach(this::checkSortable);
      if (!moving.isEmpty() && mapping.deletePolicy() == Deletes.SOFT) {
        add(
            "with deletes SOFT, orderBy can't have more than the key (%s is not in it): a row that moves would stay where it was, marked as deleted"
                .formatted(moving.getFirst()));
      }
      checkPartition(sortingKey);
      checkTtl(sortingKey);
      return new TableLayout(sortingKey, moving);
    }

    private void checkSortable(String name) {
      String type = typeOf(name);
      if (type.isEmpty()) {
        add("orderBy has %s, which is no column that it can sort by".formatted(name));
      } else if (!isSortable(type)) {
        add("orderBy has %s, and ClickHouse does not sort by %s".formatted(name, type));
      }
    }

    private static boolean isSortable(String type) {
      return !type.isEmpty() && !type.contains("Nullable(") && !type.equals("JSON");
    }

    /** A column's type; empty where it can't be in the sorting key. */
    private String typeOf(String name) {
      return Stream.concat(
              columns.stream().filter(column -> column.name().equals(name)).map(TargetColumn::type),
              OwnColumn.in(form)
                  .filter(own -> form.keepsChanges() && own.sqlName().equals(name))
                  .map(OwnColumn::type))
          .findFirst()
          .orElse("");
    }

    private void checkPartition(List<String> sortingKey) {
      String partitionBy = storage().partitionBy();
      if (partitionBy != null) {
        for (String name : others(new SqlExpression(partitionBy), sortingKey)) {
          add(
              "partitionBy uses %s, which is not in the sorting key (%s): versions of a row could be in different partitions, where ClickHouse never merges them. Take another expression, or put %s into orderBy too"
                  .formatted(name, String.join(", ", sortingKey), name));
        }
      }
    }

    private void checkTtl(List<String> sortingKey) {
      String ttl = storage().ttl();
      if (ttl == null) {
        return;
      }
      for (SqlExpression part : SqlExpression.ttl(ttl).parts()) {
        boolean removes = part.topWords().stream().noneMatch(KEEPING::contains);
        if (removes) {
          checkRemoving(part, sortingKey);
        }
      }
    }

    private void checkRemoving(SqlExpression part, List<String> sortingKey) {
      List<String> same = new ArrayList<>(sortingKey);
      boolean hasCondition = part.topWords().contains("WHERE");
      if (!hasCondition) {
        same.add(OwnColumn.VERSION.sqlName());
      }
      for (String name : others(part, same)) {
        add(
            "ttl uses %s, which can differ between the versions of a row: the newest could expire first, and an older one would show. Use columns of the sorting key (%s)%s, or put %s into orderBy too"
                .formatted(
                    name, String.join(", ", sortingKey), hasCondition ? "" : " or _version", name));
      }
    }

    /** The columns of the table that an expression uses and that are not among these. */
    private Set<String> others(SqlExpression expression, List<String> among) {
      Set<String> others = new HashSet<>();
      columns.forEach(column -> others.add(column.name()));
      others.addAll(mapping.computed().keySet());
      OwnColumn.in(form).forEach(own -> others.add(own.sqlName()));
      others.retainAll(expression.identifiers());
      among.forEach(others::remove);
      return others;
    }

    /** Where several values come out as one, they can't decide about a place. */
    private void checkMasks() {
      Set<String> deciding = new HashSet<>(storage().orderBy());
      Stream.of(storage().partitionBy(), storage().ttl())
          .filter(Objects::nonNull)
          .forEach(text -> deciding.addAll(new SqlExpression(text).identifiers()));
      for (TargetColumn column : columns) {
        Mask mask = mapping.column(column.source()).mask();
        if (mask != null && mask.joins() && deciding.contains(column.name())) {
          add(
              "orderBy, partitionBy or ttl uses %s, which has mask %s and so the same value for many rows. Take HASH, or another column"
                  .formatted(column.name(), mask.kind()));
        }
      }
    }

    private void checkComputed() {
      for (String name : mapping.computed().keySet()) {
        if (columns.stream().anyMatch(column -> column.name().equals(name))
            || OwnColumn.isTaken(name, form)) {
          add("the computed column %s has the name of another column".formatted(name));
        }
      }
    }

    private void add(String problem) {
      problems.add("By mapping %s, %s".formatted(mapping.name(), problem));
    }
  }
}
