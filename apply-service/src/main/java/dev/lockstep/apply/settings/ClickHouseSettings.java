package dev.lockstep.apply.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How ClickHouse is reached: {@code lockstep.apply.clickhouse.*}.
 *
 * @param url the HTTP interface, of one host or of several replicas
 * @param user the account, which may create databases and tables, alter and insert
 * @param password the account's password
 * @param compression whether requests are compressed with LZ4
 * @param connectTimeout how long a connection may take
 * @param requestTimeout how long a statement or an insert may take
 * @param cluster the cluster on whose hosts tables are made; none for the host that is asked alone
 * @param replicated whether tables are made with Replicated engines; where it is not said, they are
 *     with several hosts and with a cluster
 * @param tls how an address with https is trusted
 * @param settings settings of ClickHouse for every request
 */
@Validated
public record ClickHouseSettings(
    @NotNull @DefaultValue("http://localhost:8123") ClickHouseUrl url,
    @NotBlank @DefaultValue("default") String user,
    @NotNull @DefaultValue("") String password,
    @DefaultValue("true") boolean compression,
    @NotNull @DefaultValue("3s") Duration connectTimeout,
    @NotNull @DefaultValue("30s") Duration requestTimeout,
    @Nullable @Size(min = 1) String cluster,
    @Nullable Boolean replicated,
    @Valid @NotNull @DefaultValue ClickHouseTls tls,
    @NotNull @DefaultValue Map<String, String> settings) {
  /** Copies the map. */
  public ClickHouseSettings {
    settings = Map.copyOf(settings);
  }

  /** Whether what one host has taken comes to the others by ClickHouse itself. */
  public boolean replicates() {
    return replicated != null ? replicated : cluster != null || url.hosts().size() > 1;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ClickHouseSettings[url=" + url + ", user=" + user + "]";
  }
}
