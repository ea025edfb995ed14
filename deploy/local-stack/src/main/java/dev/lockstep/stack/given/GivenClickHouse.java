package dev.lockstep.stack.given;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.readiness.Readiness;

record GivenClickHouse(String httpUrl, String user, String password)
    implements ClickHouseServer, GivenServer {
  static ClickHouseServer of(String url) {
    boolean secure = url.startsWith("https:");
    GivenAddress address =
        GivenAddress.parse(
            GivenServers.CLICKHOUSE, url, secure ? 8443 : 8123, "http://user:password@host:8123");
    String httpUrl =
        "%s://%s:%d".formatted(secure ? "https" : "http", address.host(), address.port());
    return new GivenClickHouse(
        httpUrl, address.user().isEmpty() ? "default" : address.user(), address.password());
  }

  @Override
  public String variable() {
    return GivenServers.CLICKHOUSE;
  }

  @Override
  public void start() {
    Readiness.require(name() + " of " + variable(), () -> Readiness.clickHouse(this));
  }

  @Override
  public String toString() {
    return "ClickHouse at " + httpUrl;
  }
}
