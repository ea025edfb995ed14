package dev.lockstep.stack.launcher;

import dev.lockstep.stack.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The threads of MySQL that send its binlog to readers. */
final class BinlogReaders {
  private BinlogReaders() {}

  /**
   * Ends them. An idle one does not notice that its reader is gone, and a shutdown of MySQL waits
   * ten seconds for it. No data is at risk: a reader that is still there comes again.
   */
  static void end(MySqlServer mysql) {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      for (long thread : threads(statement)) {
        statement.execute("KILL " + thread);
      }
    } catch (SQLException e) {
      Console.progress("MySQL may take longer to stop: " + e.getMessage());
    }
  }

  private static List<Long> threads(Statement statement) throws SQLException {
    List<Long> threads = new ArrayList<>();
    try (ResultSet processes = statement.executeQuery("SHOW PROCESSLIST")) {
      while (processes.next()) {
        if (processes.getString("Command").startsWith("Binlog Dump")) {
          threads.add(processes.getLong("Id"));
        }
      }
    }
    return threads;
  }
}
