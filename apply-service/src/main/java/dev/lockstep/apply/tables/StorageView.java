package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.Identifiers;
import dev.lockstep.apply.encode.RowForm;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A view through which rows are queried that are stored otherwise. Its comment tells it from other
 * views, and from what it was.
 *
 * @param name the view, quoted
 * @param kind what it is a view of
 * @param select its query
 * @param onCluster what follows its name in a statement for all hosts
 * @param schemaId the id of the schema whose columns it has
 */
record StorageView(String name, String onCluster, String kind, String select, long schemaId) {
  private static final String MULTISET = "a table without a key";
  private static final String HISTORY = "a history";
  private static final Pattern MARK =
      Pattern.compile("Lockstep's view of (a [a-z ]+), schema (\\d{1,18}), definition .*");

  /** That of a table whose storage has these columns. */
  static StorageView over(TableDefinition table, Collection<String> storageColumns) {
    boolean isHistory = table.form() == RowForm.HISTORY;
    return new StorageView(
        table.quotedName(),
        table.cluster().on(),
        isHistory ? HISTORY : MULTISET,
        isHistory
            ? HistoryView.select(table, storageColumns)
            : MultisetView.over(table, storageColumns).select(),
        table.schema().id());
  }

  /** Whether it is one of these, by its comment. */
  static boolean isOwn(ExistingTable found) {
    return found.isView() && MARK.matcher(found.comment()).matches();
  }

  /** Whether it is one of a multiset. */
  static boolean isOfMultiset(ExistingTable found) {
    Matcher matcher = MARK.matcher(found.comment());
    return found.isView() && matcher.matches() && matcher.group(1).equals(MULTISET);
  }

  /** Whether it can stand in the place of a view, which is one of Lockstep's and of this kind. */
  boolean canReplace(ExistingTable found) {
    Matcher matcher = MARK.matcher(found.comment());
    return found.isView() && matcher.matches() && matcher.group(1).equals(kind);
  }

  /** Whether a view with this comment is this one, or that of a newer schema. */
  boolean isUpToDate(String foundComment) {
    Matcher matcher = MARK.matcher(foundComment);
    long found = matcher.matches() ? Long.parseLong(matcher.group(2)) : -1;
    return found > schemaId || (found == schemaId && foundComment.equals(comment()));
  }

  /** The comment by which the view is known again. */
  private String comment() {
    byte[] definition = select.getBytes(StandardCharsets.UTF_8);
    return "Lockstep's view of %s, schema %d, definition %s"
        .formatted(kind, schemaId, UUID.nameUUIDFromBytes(definition));
  }

  String createOrReplace() {
    return "CREATE OR REPLACE VIEW %s%s AS\n%s\nCOMMENT %s"
        .formatted(name, onCluster, select, Identifiers.literal(comment()));
  }
}
