package dev.lockstep.capture.chunks;

import dev.lockstep.capture.chunks.Definition.Statements;
import dev.lockstep.common.snapshot.SnapshotCommand;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection.DatabaseLocales;
import io.debezium.relational.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the source for definitions of tables, and for the place in its binlog where they hold. */
final class DefinitionReader {
  private final SourceSession session;

  DefinitionReader(SourceSession session) {
    this.session = session;
  }

  /**
   * The tables as they are now; those that the source does not show are left out. A transaction
   * that has looked at a table keeps every DDL off it until its end ("Metadata Locking" in MySQL's
   * manual), so no DDL of these tables lies between the answer and the watermark.
   *
   * @param known databases that the stream knows
   * @param begins the snapshot that begins with it, if any
   * @param ddl how many DDL statements the stream has brought
   * @throws SQLException when the source refuses
   */
  Definition read(
      List<TableId> tables, Set<String> known, @Nullable SnapshotCommand begins, long ddl)
      throws SQLException {
    Map<String, DatabaseLocales> locales = session.source().readDatabaseCollations();
    return session.inTransaction(
        connection -> {
          Set<String> databases = new HashSet<>(known);
          List<Statements> found = new ArrayList<>();
          for (TableId table : tables) {
            String create = create(connection, KeyColumn.quoted(table));
            if (create != null) {
              found.add(
                  new Statements(
                      table,
                      databases.add(table.catalog())
                          ? List.of(database(table.catalog(), locales), create)
                          : List.of(create)));
            }
          }
          return new Definition(found, begins, session.executedTransactions(connection), ddl);
        });
  }

  /** Its default character set is that of the tables that are created in it later. */
  private static String database(String name, Map<String, DatabaseLocales> locales) {
    var statement = new StringBuilder("CREATE DATABASE ").append(KeyColumn.quote(name));
    DatabaseLocales own = locales.get(name);
    if (own != null) {
      own.appendToDdlStatement(name, statement);
    }
    return statement.toString();
  }

  private static @Nullable String create(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT 1 FROM " + name + " LIMIT 0").close();
      try (ResultSet rows = statement.executeQuery("SHOW CREATE TABLE " + name)) {
        return rows.next() ? rows.getString(2) : null;
      }
    } catch (SQLException e) {
      if (SourceSession.isConnectionLost(e)) {
        throw e;
      }
      // It is asked for again when its turn comes, and then told.
      return null;
    }
  }
}
