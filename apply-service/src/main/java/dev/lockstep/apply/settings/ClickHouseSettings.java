package dev.lockstep.apply.settings;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How ClickHouse is reached: {@code lockstep.apply.clickhouse.*}.
 *
 * @param url the HTTP interface
 * @param user the account, which may create databases and tables, alter and insert
 * @param password the account's password
 * @param compression whether requests are compressed with LZ4
 * @param connectTimeout how long a connection may take
 * @param requestTimeout how long a statement or an insert may take
 */
@Validated
public record ClickHouseSettings(
    @NotNull @DefaultValue("http://localhost:8123") URI url,
    @NotBlank @DefaultValue("default") String user,
    @NotNull @DefaultValue("") String password,
    @DefaultValue("true") boolean compression,
    @NotNull @DefaultValue("3s") Duration connectTimeout,
    @NotNull @DefaultValue("30s") Duration requestTimeout) {
  /** Without the password. */
  @Override
  public String toString() {
    return "ClickHouseSettings[url=" + url + ", user=" + user + "]";
  }
}
