package dev.lockstep.apply;

import dev.lockstep.apply.settings.ClickHouseSettings;
import dev.lockstep.stack.ClickHouseServer;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as properties make them. */
public final class TargetSettings {
  private TargetSettings() {}

  /** Those for a server, with more. */
  public static ClickHouseSettings of(ClickHouseServer server, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("url", server.httpUrl());
    properties.put("user", server.user());
    properties.put("password", server.password());
    properties.putAll(more);
    return of(properties);
  }

  /** Those that these properties, named as behind {@code lockstep.apply.clickhouse.}, make. */
  public static ClickHouseSettings of(Map<String, String> properties) {
    Map<String, String> named = new HashMap<>();
    properties.forEach((key, value) -> named.put("clickhouse." + key, value));
    return new Binder(new MapConfigurationPropertySource(named))
        .bindOrCreate("clickhouse", ClickHouseSettings.class);
  }
}
