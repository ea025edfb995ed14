package dev.lockstep.capture.preflight;

import dev.lockstep.capture.transforms.EventFormat;
import io.debezium.config.Configuration;
import io.debezium.processors.spi.PostProcessor;
import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.topic.TopicNamingStrategy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/**
 * Finds classes that a config names and that are not there, or are not what they are named for.
 * Transforms and predicates are configured as well, as Debezium does it when an engine starts.
 */
final class PluginCheck {
  /**
   * A key that lists aliases, what stands before an alias in the key of its class, and the kind.
   */
  private record Listed(String list, String before, Class<?> kind) {}

  private static final List<Listed> LISTED =
      List.of(
          new Listed("transforms", "transforms.", Transformation.class),
          new Listed("predicates", "predicates.", Predicate.class),
          new Listed("converters", "", CustomConverter.class),
          new Listed("post.processors", "", PostProcessor.class));

  /** Debezium's module for scripts is not among capture-service's. */
  private static final Set<String> SCRIPTED =
      Set.of("io.debezium.transforms.Filter", "io.debezium.transforms.ContentBasedRouter");

  private final Map<String, String> config;
  private final Findings findings;

  private PluginCheck(Map<String, String> config, Findings findings) {
    this.config = config;
    this.findings = findings;
  }

  static void check(Map<String, String> config, Findings findings) {
    var check = new PluginCheck(config, findings);
    for (Listed listed : LISTED) {
      check
          .aliases(listed.list())
          .forEach(alias -> check.listed(listed, alias, check.prefix(listed, alias)));
    }
    check.aliases("transforms").forEach(check::predicateOf);
    if (!check.aliases("transforms").isEmpty()) {
      check.converter(EventFormat.KEY, Converter.class);
      check.converter(EventFormat.VALUE, Converter.class);
      check.converter(EventFormat.HEADER, HeaderConverter.class);
    }
    if (config.containsKey("topic.naming.strategy")) {
      var _ = check.load("topic.naming.strategy", TopicNamingStrategy.class);
    }
  }

  /** Events that transforms make are written by these. */
  private void converter(String key, Class<?> kind) {
    if (config.containsKey(key)) {
      var _ = load(key, kind);
    }
  }

  private List<String> aliases(String list) {
    return Arrays.stream(config.getOrDefault(list, "").split(",", -1))
        .map(String::strip)
        .filter(alias -> !alias.isEmpty())
        .toList();
  }

  /** Debezium takes a post processor's keys with and without the list's name before them. */
  private String prefix(Listed listed, String alias) {
    String whole = listed.list() + "." + alias;
    return config.containsKey(whole + ".type") ? whole : listed.before() + alias;
  }

  private void listed(Listed listed, String alias, String prefix) {
    String key = prefix + ".type";
    if (config.getOrDefault(key, "").isBlank()) {
      findings.error(
          key,
          "`" + listed.list() + "` names `" + alias + "`, and `" + key + "` is missing.",
          "Set it to a class, or take the name out of `" + listed.list() + "`.");
      return;
    }
    load(key, listed.kind()).ifPresent(plugin -> configure(plugin, prefix));
  }

  /** The class that a key names, as an object; the reason why there is none is a finding. */
  private Optional<Object> load(String key, Class<?> kind) {
    String name = config.getOrDefault(key, "").strip();
    try {
      Class<?> found = Class.forName(name, false, PluginCheck.class.getClassLoader());
      if (!kind.isAssignableFrom(found)) {
        findings.error(
            key,
            "`" + name + "` is not a " + kind.getSimpleName() + ".",
            "Name a class that implements " + kind.getName() + ".");
        return Optional.empty();
      }
      return kind == TopicNamingStrategy.class
          ? Optional.empty()
          : Optional.of(found.getDeclaredConstructor().newInstance());
    } catch (ClassNotFoundException e) {
      notThere(key, name);
    } catch (ReflectiveOperationException | LinkageError e) {
      findings.error(
          key,
          "`" + name + "` can't be made an object of (" + e.getClass().getSimpleName() + ").",
          "Name another class; this one needs what capture-service does not have.");
    }
    return Optional.empty();
  }

  private void notThere(String key, String name) {
    if (SCRIPTED.contains(name)) {
      findings.error(
          key,
          "`" + name + "` runs scripts, and capture-service has no engine for them.",
          "Choose topics by a predicate and org.apache.kafka.connect.transforms.Filter or RegexRouter"
              + " instead, or filter where the records are consumed.");
    } else {
      findings.error(
          key,
          "There is no class `" + name + "` in capture-service.",
          "Correct the name; there are those of Debezium and of Kafka Connect.");
    }
  }

  private void configure(Object plugin, String prefix) {
    var own = Configuration.from(config).subset(prefix, true).asMap();
    try {
      switch (plugin) {
        case Transformation<?> transformation -> {
          transformation.configure(own);
          transformation.close();
        }
        case Predicate<?> predicate -> {
          predicate.configure(own);
          predicate.close();
        }
        default -> {
          // Debezium configures these with its own values as well.
        }
      }
    } catch (KafkaException e) {
      findings.error(
          prefix + ".type",
          "It does not take its settings: "
              + new Secrets(config).removedFrom(String.valueOf(e.getMessage()))
              + ".",
          "Correct the keys that begin with `" + prefix + ".`.");
    }
  }

  private void predicateOf(String transform) {
    String key = "transforms." + transform + ".predicate";
    String predicate = config.get(key);
    if (predicate != null && !aliases("predicates").contains(predicate.strip())) {
      findings.error(
          key,
          "`predicates` does not name `" + predicate + "`.",
          "Add it to `predicates`, or correct the name.");
    }
  }
}
