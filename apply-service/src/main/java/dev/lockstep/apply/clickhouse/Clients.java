package dev.lockstep.apply.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.enums.SSLMode;
import dev.lockstep.apply.settings.ClickHouseSettings;
import dev.lockstep.apply.settings.ClickHouseTls;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** ClickHouse's own client, one for each host: it has no failover between hosts. */
final class Clients {
  private Clients() {}

  /** Connects at the first use, not here. */
  static Client of(URI host, ClickHouseSettings settings, int connections) {
    long limitMillis = settings.requestTimeout().toMillis();
    var builder =
        new Client.Builder()
            .addEndpoint(host.toString())
            .setUsername(settings.user())
            .setPassword(settings.password())
            .setClientName("lockstep-apply")
            .compressClientRequest(settings.compression())
            .compressServerResponse(false)
            .setConnectTimeout(settings.connectTimeout().toMillis())
            .setConnectionRequestTimeout(settings.connectTimeout().toMillis(), ChronoUnit.MILLIS)
            .setSocketTimeout(limitMillis)
            .setExecutionTimeout(limitMillis, ChronoUnit.MILLIS)
            .setMaxConnections(connections)
            .setMaxRetries(0);
    defaults(settings).forEach(builder::serverSetting);
    settings.settings().forEach(builder::serverSetting);
    if (host.getScheme().equals("https")) {
      trust(builder, settings.tls());
    }
    return builder.build();
  }

  /**
   * Changes of tables are waited for on every host that lives, and on no other: a host that is down
   * makes them when it is back.
   */
  private static Map<String, String> defaults(ClickHouseSettings settings) {
    return !settings.replicates()
        ? Map.of()
        : Map.of(
            "alter_sync",
            "2",
            "replication_wait_for_inactive_replica_timeout",
            "0",
            "distributed_ddl_output_mode",
            "none_only_active",
            "distributed_ddl_task_timeout",
            String.valueOf(Math.max(1, settings.requestTimeout().toSeconds() - 1)));
  }

  private static void trust(Client.Builder builder, ClickHouseTls tls) {
    builder.setSSLMode(
        switch (tls.verify()) {
          case CA -> SSLMode.VERIFY_CA;
          case IDENTITY -> SSLMode.STRICT;
        });
    if (tls.caCertificate() != null) {
      builder.setRootCertificate(tls.caCertificate().toString());
    }
    if (tls.trustStore() != null) {
      builder.setSSLTrustStore(tls.trustStore().toString());
      builder.setSSLTrustStorePassword(tls.trustStorePassword());
      builder.setSSLTrustStoreType(tls.trustStore().toString().endsWith(".jks") ? "JKS" : "PKCS12");
    }
    if (tls.clientCertificate() != null && tls.clientKey() != null) {
      builder.setClientCertificate(tls.clientCertificate().toString());
      builder.setClientKey(tls.clientKey().toString());
    }
  }
}
