package dev.lockstep.stack.local;

import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.Placement;
import dev.lockstep.stack.fetch.Command;
import dev.lockstep.stack.fetch.Distributions;
import dev.lockstep.stack.process.Folders;
import dev.lockstep.stack.readiness.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** MySQL, ready to be captured: GTIDs, and the row-based full binlog that is its default. */
final class LocalMySql extends LocalServer implements MySqlServer {
  /** What Debezium's tutorial calls its root password too. */
  static final String PASSWORD = "debezium";

  private static final Duration INITIALIZE_LIMIT = Duration.ofMinutes(2);

  @SuppressWarnings("InlineFormatString") // the text of a file
  private static final String ACCOUNTS =
      """
      ALTER USER 'root'@'localhost' IDENTIFIED BY '%1$s';
      CREATE USER 'root'@'%%' IDENTIFIED BY '%1$s';
      GRANT ALL PRIVILEGES ON *.* TO 'root'@'%%' WITH GRANT OPTION;
      """;

  LocalMySql(Placement placement) {
    super(placement);
  }

  @Override
  List<String> prepare() throws IOException {
    Distributions.Unpacked mysql = Distributions.mysql();
    Path data = folder().resolve("data");
    if (!Files.exists(data)) {
      initialize(mysql, data);
    }
    List<String> command = command(mysql, data);
    command.addAll(
        List.of(
            "--port=" + port(),
            "--bind-address=127.0.0.1",
            "--mysqlx=OFF",
            "--secure-file-priv=" + folder(),
            "--socket=" + Sockets.beside(folder(), port()),
            "--pid-file=" + folder().resolve("mysqld.pid"),
            "--server-id=1",
            "--gtid-mode=ON",
            "--enforce-gtid-consistency=ON",
            "--performance-schema=OFF",
            "--innodb-buffer-pool-size=128M",
            "--table-open-cache=400",
            "--max-connections=200"));
    command.addAll(placement().flags());
    return command;
  }

  /** In a folder of another name first: a data folder is there only when it is complete. */
  private void initialize(Distributions.Unpacked mysql, Path data) throws IOException {
    Path partial = folder().resolve("data.partial");
    Folders.delete(partial);
    Path accounts = folder().resolve("accounts.sql");
    Files.writeString(accounts, ACCOUNTS.formatted(PASSWORD));
    List<String> command = command(mysql, partial);
    command.addAll(List.of("--initialize-insecure", "--init-file=" + accounts));
    Command.run(folder(), INITIALIZE_LIMIT, command);
    Files.delete(accounts);
    Files.move(partial, data);
  }

  private static List<String> command(Distributions.Unpacked mysql, Path data) {
    List<String> command = new ArrayList<>(mysql.command("usr/sbin/mysqld"));
    Path share = mysql.root().resolve("usr/share/mysql");
    command.addAll(
        List.of(
            "--no-defaults",
            "--lc-messages-dir=" + share,
            "--character-sets-dir=" + share.resolve("charsets"),
            "--datadir=" + data));
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root");
    }
    return command;
  }

  @Override
  void probe() throws SQLException {
    Readiness.mysql(this);
  }

  /**
   * Without TLS, which takes longer than the queries of a test and protects nothing on the loopback
   * interface.
   */
  @Override
  public String jdbcUrl(String database) {
    return "jdbc:mysql://%s:%d/%s?allowPublicKeyRetrieval=true&sslMode=DISABLED"
        .formatted(host(), port(), database);
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public String user() {
    return "root";
  }

  @Override
  public String password() {
    return PASSWORD;
  }
}
