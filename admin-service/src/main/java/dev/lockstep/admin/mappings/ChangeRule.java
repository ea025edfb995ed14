package dev.lockstep.admin.mappings;

/**
 * What a change of a mapping needs in tables that have rows. The table under "Tables that are there
 * already" in docs/mappings.md has a line for each, and a test compares them.
 */
enum ChangeRule {
  CODEC(Needs.NOTHING, "`codec`", "It holds for columns that are made from then on."),
  TYPE(
      Needs.REBUILD,
      "`type`, or an option that chooses another type or form",
      "The values that are there have another type or form; the table stops."),
  ALTERING(
      Needs.IN_PLACE,
      "`zeroDates`, `outOfRange` between `QUARANTINE`, `EPOCH` and `CLAMP`",
      "It holds from then on; the column _altered is added where it is missing."),
  MODE(
      Needs.IN_PLACE,
      "`mode` to `HISTORY` or `APPEND`",
      "Another table is made beside the one that is there, and begins with the changes that come."),
  MODE_MIRROR(
      Needs.REBUILD,
      "`mode` to `MIRROR`",
      "The mirror's table lacks the rows that were applied before; the table stops if it is not there."),
  TARGET(
      Needs.REBUILD,
      "`target` of a mirror",
      "The new target lacks the rows that were applied before; the table stops."),
  TARGET_OF_CHANGES(
      Needs.IN_PLACE,
      "`target` of a history or of events",
      "They begin in the new target with the changes that come; what is in the old one stays there."),
  EXCLUDED(
      Needs.IN_PLACE,
      "a column is excluded",
      "The table stops until you drop the column; its reason has the statement."),
  INCLUDED(
      Needs.REBUILD,
      "a column is excluded no more",
      "Its values are not in the target; the table stops."),
  RENAMED(
      Needs.IN_PLACE,
      "a column has another name",
      "The table stops until you rename the column; its reason has the statement. A key column can't"
          + " be renamed: rebuild the table for that."),
  MASK(
      Needs.REBUILD,
      "`mask`",
      "The values that are there are masked otherwise, or not at all; the table stops."),
  LAYOUT_IN_PLACE(
      Needs.IN_PLACE,
      "`computed`, `ttl`, `settings`",
      "ALTER TABLE changes it. What ClickHouse can't change in place stops the table."),
  SORTING(
      Needs.REBUILD,
      "`orderBy`: other columns",
      "The sorting key of a table can't be changed; the table stops."),
  PLACES(
      Needs.NOTHING,
      "`orderBy`: the same columns in another order, or of events; `partitionBy`",
      "It holds for tables that are made from then on."),
  FILTER(
      Needs.REBUILD,
      "`filter` of a mirror or a history",
      "Rows would be missing, or too many; the table stops."),
  FILTER_OF_EVENTS(Needs.NOTHING, "`filter` of events", "Events go on by it from then on."),
  SOFT(
      Needs.REBUILD,
      "`deletes` from or to `SOFT`",
      "The table's engine is another; the table stops."),
  NOT_IGNORED(
      Needs.REBUILD,
      "`deletes` from `IGNORE`",
      "Rows are there that the source does not have; the table stops."),
  IGNORED(Needs.NOTHING, "`deletes` from `DELETE` to `IGNORE`", "It goes on so from then on."),
  KEYLESS(
      Needs.NOTHING,
      "`keyless`",
      "Tables without a key are taken from then on with MULTISET, and stop with REFUSE."),
  TABLES(
      Needs.REBUILD,
      "`tables`",
      "A table that comes under it or leaves it goes by other rules from then on, as if they had been"
          + " changed for it. Others need nothing.");

  /** What has to be done. */
  enum Needs {
    /** Nothing: it goes on. */
    NOTHING,
    /** The table is changed where it stands, by Lockstep or by a statement that its reason has. */
    IN_PLACE,
    /** The table has to be filled anew. */
    REBUILD
  }

  private final Needs needs;
  private final String changed;
  private final String reason;

  ChangeRule(Needs needs, String changed, String reason) {
    this.needs = needs;
    this.changed = changed;
    this.reason = reason;
  }

  Needs needs() {
    return needs;
  }

  /** As the documentation names it. */
  String changed() {
    return changed;
  }

  String reason() {
    return needs == Needs.REBUILD
        ? reason
            + " The way out is a rebuild (POST /api/v1/replays), or a new snapshot into an empty table."
        : reason;
  }
}
