package dev.lockstep.stack.local;

import dev.lockstep.stack.MariaDbServer;
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

/** MariaDB, ready to be captured: a row-based binlog, which is not its default. */
final class LocalMariaDb extends LocalServer implements MariaDbServer {
  private static final Duration INITIALIZE_LIMIT = Duration.ofMinutes(2);

  /** What mariadb-install-db runs to make the system's tables, without help texts and examples. */
  private static final List<String> SYSTEM_TABLES =
      List.of(
          "mysql_system_tables.sql",
          "mysql_performance_tables.sql",
          "mysql_system_tables_data.sql");

  private static final String BEFORE =
      """
      CREATE DATABASE mysql;
      USE mysql;
      SET @auth_root_socket=NULL;
      """;

  @SuppressWarnings("InlineFormatString") // the text of a file
  private static final String ACCOUNTS =
      """
      FLUSH PRIVILEGES;
      ALTER USER root@localhost IDENTIFIED BY '%1$s';
      CREATE USER root@'%%' IDENTIFIED BY '%1$s';
      GRANT ALL PRIVILEGES ON *.* TO root@'%%' WITH GRANT OPTION;
      """;

  LocalMariaDb(Placement placement) {
    super(placement);
  }

  @Override
  List<String> prepare() throws IOException {
    Distributions.Unpacked mariaDb = Distributions.mariaDb();
    Path data = folder().resolve("data");
    if (!Files.exists(data)) {
      initialize(mariaDb, data);
    }
    List<String> command = command(mariaDb, data);
    command.addAll(
        List.of(
            "--port=" + port(),
            "--bind-address=127.0.0.1",
            "--secure-file-priv=" + folder(),
            "--socket=" + Sockets.beside(folder(), port()),
            "--pid-file=" + folder().resolve("mariadbd.pid"),
            "--server-id=1",
            "--log-bin=binlog",
            "--binlog-format=ROW",
            "--gtid-strict-mode=ON",
            "--performance-schema=OFF",
            "--innodb-buffer-pool-size=128M",
            "--table-open-cache=400",
            "--max-connections=200"));
    command.addAll(placement().flags());
    return command;
  }

  /** In a folder of another name first: a data folder is there only when it is complete. */
  private void initialize(Distributions.Unpacked mariaDb, Path data) throws IOException {
    Path partial = folder().resolve("data.partial");
    Folders.delete(partial);
    Files.createDirectories(partial);
    Path statements = folder().resolve("initialize.sql");
    Files.writeString(statements, statements(share(mariaDb)));
    List<String> command = command(mariaDb, partial);
    command.add("--bootstrap");
    Command.run(folder(), INITIALIZE_LIMIT, command, statements);
    Files.delete(statements);
    Files.move(partial, data);
  }

  private static String statements(Path share) throws IOException {
    StringBuilder all = new StringBuilder(BEFORE);
    for (String file : SYSTEM_TABLES) {
      all.append(Files.readString(share.resolve(file)));
    }
    return all.append(ACCOUNTS.formatted(LocalMySql.PASSWORD)).toString();
  }

  private static Path share(Distributions.Unpacked mariaDb) {
    return mariaDb.root().resolve("usr/share/mysql");
  }

  private static List<String> command(Distributions.Unpacked mariaDb, Path data) {
    List<String> command = new ArrayList<>(mariaDb.command("usr/sbin/mariadbd"));
    command.addAll(
        List.of(
            "--no-defaults",
            "--lc-messages-dir=" + share(mariaDb),
            "--character-sets-dir=" + share(mariaDb).resolve("charsets"),
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

  /** Without TLS, which the server has no certificate for. */
  @Override
  public String jdbcUrl(String database) {
    return "jdbc:mysql://%s:%d/%s?sslMode=DISABLED".formatted(host(), port(), database);
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
    return LocalMySql.PASSWORD;
  }
}
