package dev.lockstep.capture.credentials;

import dev.lockstep.capture.credentials.Resolution.Unresolved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Resolves {@code ${env:NAME}}, {@code ${file:path:key}} and {@code ${dir:path:file}} in the values
 * of a connector's config, by Kafka's own config providers and in the form that Kafka Connect knows
 * (KIP-297, KIP-421). Nothing is kept: each call reads anew. Thread-safe.
 */
public final class Credentials {
  private static final Pattern PLACEHOLDER = ConfigTransformer.DEFAULT_PATTERN;

  /** Other services read these off the stored config, and have no environment or files of ours. */
  private static final Set<String> READ_ELSEWHERE =
      Set.of(
          "name",
          "connector.class",
          "topic.prefix",
          "message.key.columns",
          "schema.history.internal.kafka.topic",
          "signal.kafka.topic",
          "topic.transaction");

  private final Map<String, ConfigProvider> providers;
  private final Lacking lacking;

  /** What one config's placeholders came to. */
  private static final class Found {
    final Map<String, String> placeholderByValue = new HashMap<>();
    final List<Unresolved> unresolved = new ArrayList<>();
  }

  /**
   * By these settings, from this process's environment.
   *
   * @throws IllegalArgumentException when an allowed path is not absolute or does not exist
   */
  public Credentials(CredentialsSettings settings) {
    this(settings, System.getenv());
  }

  /** As the other, with the variables of another environment. */
  public Credentials(CredentialsSettings settings, Map<String, String> environment) {
    this.lacking = new Lacking(settings);
    this.providers =
        Map.of(
            "env", new EnvVarConfigProvider(environment),
            "file", new FileConfigProvider(),
            "dir", new DirectoryConfigProvider());
    Map<String, String> configs =
        Map.of(
            EnvVarConfigProvider.ALLOWLIST_PATTERN_CONFIG,
            settings.environment(),
            FileConfigProvider.ALLOWED_PATHS_CONFIG,
            String.join(",", settings.allowedPaths()));
    try {
      providers.values().forEach(provider -> provider.configure(configs));
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "lockstep.capture.credentials.allowed-paths: "
              + e.getMessage()
              + ". Name absolute paths that exist on every replica",
          e);
    }
  }

  /** Resolves what can be; what can't is told with its key and the way out. */
  public Resolution resolve(Map<String, String> config) {
    var found = new Found();
    Map<String, String> resolved = new TreeMap<>(config);
    resolved.replaceAll((key, value) -> value(key, value, found));
    return new Resolution(resolved, found.unresolved, new Redaction(found.placeholderByValue));
  }

  private String value(String key, String value, Found found) {
    Matcher placeholder = PLACEHOLDER.matcher(value);
    var resolved = new StringBuilder();
    while (placeholder.find()) {
      String text = placeholder.group();
      placeholder.appendReplacement(resolved, "");
      String known = lookUp(key, value, placeholder, found);
      if (known != null) {
        found.placeholderByValue.put(known, text);
      }
      resolved.append(known == null ? text : known);
    }
    return placeholder.appendTail(resolved).toString();
  }

  private @Nullable String lookUp(String key, String value, Matcher placeholder, Found found) {
    String text = placeholder.group();
    String name = placeholder.group(1);
    ConfigProvider provider = providers.get(name);
    if (provider == null) {
      // Within a longer value it may be anything, such as an expression of a transform's script.
      if (text.equals(value.strip())) {
        found.unresolved.add(lacking.provider(key, text, name));
      }
      return null;
    }
    if (READ_ELSEWHERE.contains(key)) {
      found.unresolved.add(lacking.literal(key, text));
      return null;
    }
    String path = placeholder.group(3) == null ? "" : placeholder.group(3);
    String variable = placeholder.group(4);
    try {
      String known = provider.get(path, Set.of(variable)).data().get(variable);
      if (known == null) {
        found.unresolved.add(lacking.value(key, text, name, path, variable));
      }
      return known;
    } catch (ConfigException | IllegalArgumentException e) {
      found.unresolved.add(lacking.readable(key, text, e));
      return null;
    }
  }
}
