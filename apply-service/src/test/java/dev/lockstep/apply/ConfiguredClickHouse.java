package dev.lockstep.apply;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.Placement;
import dev.lockstep.stack.StackServers;
import dev.lockstep.stack.process.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A ClickHouse with more in its config, always a process of this machine. Accounts stand in the
 * config, as this engine takes none by SQL.
 */
final class ConfiguredClickHouse implements AutoCloseable {
  private static final String ACCOUNTS =
      """
      <clickhouse>
        <profiles><default/><reading><readonly>1</readonly></reading></profiles>
        <quotas><default/></quotas>
        <users>
          <default><password></password><networks><ip>::/0</ip></networks><profile>default</profile>
            <quota>default</quota></default>
          <lockstep><password>%s</password><networks><ip>::/0</ip></networks><profile>%s</profile>
            <quota>default</quota>%s</lockstep>
        </users>
      </clickhouse>
      """;

  /** As ClickHouse's packages have it, where system tables are not for everybody. */
  private static final String CONFIG =
      """
      <users_config>%s</users_config>
      <access_control_improvements>
        <select_from_system_db_requires_grant>true</select_from_system_db_requires_grant>
        <select_from_information_schema_requires_grant>true</select_from_information_schema_requires_grant>
      </access_control_improvements>
      """;

  private final Path folder;
  private final ClickHouseServer server;

  ConfiguredClickHouse() throws IOException {
    this.folder = Files.createTempDirectory("lockstep-configured-clickhouse");
    this.server =
        StackServers.withoutContainers(Map.of())
            .clickHouse(Placement.in(folder.resolve("server")).withFlags(config().toString()));
  }

  private Path config() {
    return folder.resolve("more.xml");
  }

  /** With an account that may do everything and needs no password. */
  ClickHouseServer server() {
    return server;
  }

  /** Starts it, or starts it again, with these accounts. */
  void startWith(String accounts) throws IOException {
    server.stop();
    Path users = folder.resolve("users.xml");
    Files.writeString(users, accounts);
    Files.writeString(config(), CONFIG.formatted(users));
    server.start();
  }

  /**
   * Beside the default one, the account {@code lockstep} with a password, a profile and, where
   * there are any, grants.
   */
  static String account(String password, String profile, String... grants) {
    StringBuilder queries = new StringBuilder();
    for (String grant : grants) {
      queries.append("<query>").append(grant).append("</query>");
    }
    return ACCOUNTS.formatted(
        password, profile, grants.length == 0 ? "" : "<grants>" + queries + "</grants>");
  }

  @Override
  public void close() throws IOException {
    server.kill();
    Folders.delete(folder);
  }
}
