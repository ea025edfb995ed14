package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.clickhouse.Identifiers;
import dev.lockstep.apply.encode.RowForm;
import dev.lockstep.apply.errors.TableFault;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the views through which rows are queried that are stored otherwise. */
final class StorageViews {
  private static final Logger log = LoggerFactory.getLogger(StorageViews.class);
  static final String ANEW =
      "read the table anew with a connector of another name and topic.prefix in place of this one";

  private final ClickHouse clickHouse;
  private final TableCatalog catalog;

  StorageViews(ClickHouse clickHouse, TableCatalog catalog) {
    this.clickHouse = clickHouse;
    this.catalog = catalog;
  }

  /**
   * Sees that the name is free for the view.
   *
   * @throws TableFault when somebody else's table or view has it
   */
  void checkName(TableDefinition wanted) {
    catalog
        .find(wanted.database(), wanted.table())
        .filter(found -> !StorageView.over(wanted, List.of()).canReplace(found))
        .ifPresent(
            found -> {
              throw new TableFault(taken(wanted, found));
            });
  }

  /** Makes the view, or changes it, unless it is up to date or that of a newer schema. */
  void keep(TableDefinition wanted) {
    ExistingTable storage =
        catalog
            .find(wanted.database(), wanted.storage())
            .orElseThrow(
                () -> new TableFault("Target table " + wanted.quotedStorage() + " is gone"));
    StorageView view = StorageView.over(wanted, storage.columns().keySet());
    Optional<ExistingTable> found = catalog.find(wanted.database(), wanted.table());
    if (found.isEmpty() || !view.isUpToDate(found.get().comment())) {
      clickHouse.execute(view.createOrReplace());
      log.atInfo().addKeyValue("view", wanted.quotedName()).log("Made the view of a target table");
    }
  }

  private static String taken(TableDefinition wanted, ExistingTable found) {
    if (wanted.form() == RowForm.HISTORY) {
      return "%s must be Lockstep's view of the history in %s, and it is %s. Rename it, or give the history another target in mapping %s"
          .formatted(
              wanted.quotedName(), wanted.quotedStorage(), described(found), wanted.mapping());
    }
    return "The source table has no key, so %s must be Lockstep's view of %s, and it is %s. "
            .formatted(wanted.quotedName(), wanted.quotedStorage(), described(found))
        + "When it holds rows from the time that the source table had a key, drop it and "
        + ANEW
        + "; else rename it";
  }

  private static String described(ExistingTable found) {
    return !found.isView()
        ? "a table, engine " + found.engine()
        : StorageView.isOwn(found) ? "another view of Lockstep's" : "a view of somebody else";
  }

  /** Why rows with a key can't go where those without one are. */
  static String keyAtLast(TableDefinition wanted) {
    return "%s is Lockstep's view of the rows that the source table had without a key, and now it has the key (%s): these can't be mixed. Drop the view and the table %s, and "
            .formatted(
                wanted.quotedName(),
                String.join(", ", wanted.key()),
                Identifiers.quote(wanted.database(), wanted.table() + TableDefinition.ROWS_SUFFIX))
        + ANEW;
  }
}
