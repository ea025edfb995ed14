package dev.lockstep.capture.preflight;

import dev.lockstep.capture.transforms.Outgoing;
import dev.lockstep.capture.transforms.TransformException;
import dev.lockstep.capture.transforms.Transforms;
import io.debezium.relational.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Tries a connector's transforms on a made-up row of each table, so that it is known before the
 * start which tables are not mirrored, and where a transform would stop the connector.
 */
final class TransformTrial {
  private static final String COLUMNS =
      """
      SELECT table_schema, table_name, column_name, LOWER(column_type) FROM information_schema.columns
        WHERE table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')
        ORDER BY table_schema, table_name, ordinal_position
      """;

  /** Frames of the outbox event router, whose demands on a row are known to be met or not. */
  private static final String ROUTER = "io.debezium.transforms.outbox.";

  private final Map<String, String> config;
  private final Findings findings;
  private final List<TableId> events = new ArrayList<>();
  private final List<TableId> leftOut = new ArrayList<>();
  private final List<TableId> reshaped = new ArrayList<>();
  private final List<TableId> altered = new ArrayList<>();

  private TransformTrial(Map<String, String> config, Findings findings) {
    this.config = config;
    this.findings = findings;
  }

  /** Adds what it finds; nothing where the config names no transforms. */
  static void check(
      Connection connection, List<TableId> captured, Map<String, String> config, Findings findings)
      throws SQLException {
    if (!config.getOrDefault(Transforms.KEY, "").isBlank() && !captured.isEmpty()) {
      var trial = new TransformTrial(config, findings);
      trial.run(captured, columns(connection));
    }
  }

  private static Map<TableId, Map<String, String>> columns(Connection connection)
      throws SQLException {
    Map<TableId, Map<String, String>> tables = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(COLUMNS)) {
      while (rows.next()) {
        tables
            .computeIfAbsent(
                new TableId(rows.getString(1), null, rows.getString(2)), _ -> new LinkedHashMap<>())
            .put(rows.getString(3), rows.getString(4));
      }
    }
    return tables;
  }

  private void run(List<TableId> captured, Map<TableId, Map<String, String>> columns) {
    String prefix = config.getOrDefault("topic.prefix", "").strip();
    try (Transforms transforms = Transforms.of(config, "lockstep")) {
      for (TableId table : captured) {
        Map<String, String> known = columns.get(table);
        if (known != null) {
          tryOn(transforms, table, () -> MadeUpRow.inserted(prefix, table, known));
        }
      }
    } catch (IllegalArgumentException e) {
      findings.error(
          Transforms.KEY,
          new Secrets(config).removedFrom(String.valueOf(e.getMessage())) + ".",
          "Correct the settings of the transforms and of the converters.");
    }
    report();
  }

  /**
   * Some transforms alter the very row that they are given, so that another is needed to compare.
   */
  private void tryOn(Transforms transforms, TableId table, Supplier<SourceRecord> row) {
    try {
      List<Outgoing> made = transforms.apply(List.of(row.get()));
      if (made.isEmpty()) {
        leftOut.add(table);
        return;
      }
      switch (made.getFirst()) {
        case Outgoing.Event _ -> events.add(table);
        case Outgoing.Row now -> compare(table, after(row.get()), after(now.item()));
        case Outgoing.Other _ -> throw new IllegalStateException("A row is a row or an event");
      }
    } catch (TransformException e) {
      failed(table, e);
    }
  }

  private static Struct after(SourceRecord row) {
    return ((Struct) row.value()).getStruct("after");
  }

  private void compare(TableId table, Struct given, Struct made) {
    if (!names(given).equals(names(made))) {
      reshaped.add(table);
    } else if (!names(given).stream()
        .allMatch(name -> Objects.equals(given.get(name), made.get(name)))) {
      altered.add(table);
    }
  }

  private static List<String> names(Struct row) {
    return row.schema().fields().stream().map(Field::name).toList();
  }

  private void report() {
    if (!reshaped.isEmpty()) {
      findings.error(
          Transforms.KEY,
          "`transforms` adds columns to the rows of these tables, or takes some away, which the mirror"
              + " can't follow: "
              + TableNames.listed(reshaped)
              + ".",
          "Put what is added beside `before` and `after`, or into headers; leave columns out with"
              + " `column.exclude.list`.");
    }
    if (!altered.isEmpty()) {
      findings.warning(
          Transforms.KEY,
          "`transforms` changes values in the rows of these tables: "
              + TableNames.listed(altered)
              + ".",
          "Leave it where that is meant; their targets will not equal the source.");
    }
    if (!events.isEmpty()) {
      findings.warning(
          Transforms.KEY,
          "`transforms` makes events of the rows of these tables, which are therefore not mirrored: "
              + TableNames.listed(events)
              + ".",
          "Leave it where that is meant, as for an outbox table; else give the transform a predicate"
              + " that does not hold for the topics of these tables.");
    }
    if (!leftOut.isEmpty()) {
      findings.warning(
          Transforms.KEY,
          "`transforms` leaves out inserted rows of these tables: "
              + TableNames.listed(leftOut)
              + ".",
          "Leave it where that is meant; their targets will not equal the source.");
    }
  }

  private void failed(TableId table, TransformException failure) {
    String problem =
        "A transform fails on a row of "
            + table.catalog()
            + "."
            + table.table()
            + ": "
            + reason(failure)
            + ".";
    String remedy =
        "Give the transform a predicate that holds only for the topics it is made for, such as"
            + " predicates.isOutbox.type="
            + "org.apache.kafka.connect.transforms.predicates.TopicNameMatches and"
            + " predicates.isOutbox.pattern=… (docs/outbox.md), or correct its settings.";
    if (isOfRouter(failure)) {
      findings.error(Transforms.KEY, problem, remedy);
    } else {
      findings.warning(
          Transforms.KEY, problem, remedy + " It was tried on values that are made up.");
    }
  }

  private static String reason(TransformException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static boolean isOfRouter(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(10)
        .flatMap(cause -> Arrays.stream(cause.getStackTrace()))
        .anyMatch(frame -> frame.getClassName().startsWith(ROUTER));
  }
}
