package dev.lockstep.stack.given;

import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.readiness.Readiness;

record GivenMySql(String host, int port, String user, String password)
    implements MySqlServer, GivenServer {
  static MySqlServer of(String url) {
    GivenAddress address =
        GivenAddress.parse(GivenServers.MYSQL, url, 3306, "jdbc:mysql://user:password@host:3306/");
    return new GivenMySql(address.host(), address.port(), address.user(), address.password());
  }

  @Override
  public String variable() {
    return GivenServers.MYSQL;
  }

  @Override
  public void start() {
    Readiness.require(name() + " of " + variable(), () -> Readiness.mysql(this));
  }

  @Override
  public String toString() {
    return "MySQL at %s:%d".formatted(host, port);
  }
}
