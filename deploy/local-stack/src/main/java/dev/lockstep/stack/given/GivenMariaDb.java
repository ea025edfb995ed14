package dev.lockstep.stack.given;

import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.readiness.Readiness;

record GivenMariaDb(String host, int port, String user, String password)
    implements MariaDbServer, GivenServer {
  static MariaDbServer of(String url) {
    GivenAddress address =
        GivenAddress.parse(
            GivenServers.MARIADB, url, 3306, "jdbc:mariadb://user:password@host:3306/");
    return new GivenMariaDb(address.host(), address.port(), address.user(), address.password());
  }

  @Override
  public String variable() {
    return GivenServers.MARIADB;
  }

  @Override
  public void start() {
    Readiness.require(name() + " of " + variable(), () -> Readiness.mysql(this));
  }

  @Override
  public String toString() {
    return "MariaDB at %s:%d".formatted(host, port);
  }
}
