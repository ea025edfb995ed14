package dev.lockstep.capture.preflight;

import com.mysql.cj.conf.PropertyKey;
import dev.lockstep.capture.source.SourceKind;
import dev.lockstep.common.typos.NearestName;
import io.debezium.config.Field;
import io.debezium.embedded.async.AsyncEngineConfig;
import io.debezium.heartbeat.DatabaseHeartbeatImpl;
import io.debezium.heartbeat.Heartbeat;
import io.debezium.pipeline.notification.channels.SinkNotificationChannel;
import io.debezium.pipeline.signal.channels.FileSignalChannel;
import io.debezium.pipeline.signal.channels.KafkaSignalChannel;
import io.debezium.schema.AbstractRegexTopicNamingStrategy;
import io.debezium.storage.kafka.history.KafkaSchemaHistory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.connect.runtime.SourceConnectorConfig;

/**
 * The keys that mean something in a connector's config: Debezium's own, Kafka Connect's, and those
 * that either passes on. Read off the libraries, so that their next version's keys are known.
 */
final class KnownKeys {
  /**
   * Where Debezium declares keys, beside the connector's own class. {@code ALL_FIELDS} of the
   * connector lacks many that it reads.
   */
  private static final List<Class<?>> DECLARED_IN =
      List.of(
          AbstractRegexTopicNamingStrategy.class,
          KafkaSchemaHistory.class,
          KafkaSignalChannel.class,
          FileSignalChannel.class,
          SinkNotificationChannel.class,
          Heartbeat.class,
          DatabaseHeartbeatImpl.class);

  /** Declared for all relational databases; MySQL and MariaDB have no such level. */
  private static final Set<String> OTHER_DATABASES =
      Set.of("schema.include.list", "schema.exclude.list", "database.dbname");

  private static final List<String> PASSED_ON =
      List.of(
          "key.converter.",
          "value.converter.",
          "header.converter.",
          "producer.override.",
          "consumer.override.",
          "admin.override.",
          "schema.history.internal.producer.",
          "schema.history.internal.consumer.",
          "signal.consumer.",
          "snapshot.select.statement.overrides.",
          "internal.");

  private static final Pattern COLUMN_MAPPER =
      Pattern.compile(
          "column\\.(mask\\.hash(\\.v2)?\\.[^.]+\\.with\\.salt\\..+"
              + "|mask\\.with\\.\\d+\\.chars|truncate\\.to\\.\\d+\\.chars)");

  /** Keys under an alias that another key declares: that key, and what stands before the alias. */
  private record Aliased(String declaredBy, String before) {}

  private static final List<Aliased> ALIASED =
      List.of(
          new Aliased("transforms", "transforms."),
          new Aliased("predicates", "predicates."),
          new Aliased("converters", ""),
          new Aliased("post.processors", "post.processors."),
          new Aliased("post.processors", ""));

  private static final String TOPIC_CREATION = "topic.creation.";

  /** What Debezium 1 and 2 called them. */
  private static final Map<String, String> RENAMED =
      Map.ofEntries(
          Map.entry("database.server.name", "topic.prefix"),
          Map.entry("database.whitelist", "database.include.list"),
          Map.entry("database.blacklist", "database.exclude.list"),
          Map.entry("table.whitelist", "table.include.list"),
          Map.entry("table.blacklist", "table.exclude.list"),
          Map.entry("column.whitelist", "column.include.list"),
          Map.entry("column.blacklist", "column.exclude.list"),
          Map.entry("schema.include.list", "database.include.list"),
          Map.entry("schema.exclude.list", "database.exclude.list"),
          Map.entry("database.dbname", "database.include.list"),
          Map.entry("database.history", "schema.history.internal"));

  private static final String OLD_HISTORY = "database.history.";
  private static final Set<String> TOPIC_SETTINGS = topicSettings();
  private static final Map<SourceKind, Set<String>> NAMES =
      Arrays.stream(SourceKind.values())
          .collect(Collectors.toUnmodifiableMap(kind -> kind, KnownKeys::names));

  private KnownKeys() {}

  /** Whether Debezium or Kafka Connect does something with this key in this config. */
  static boolean contains(String key, Map<String, String> config) {
    return names(config).contains(key)
        || COLUMN_MAPPER.matcher(key).matches()
        || PASSED_ON.stream().anyMatch(prefix -> isUnder(key, prefix))
        || ALIASED.stream().anyMatch(aliased -> isAliased(key, aliased, config))
        || isTopicSetting(key, config)
        || isDriverProperty(key);
  }

  /** The key that this one was probably meant to be. */
  static Optional<String> meantBy(String key, Map<String, String> config) {
    Set<String> names = names(config);
    String renamed =
        key.startsWith(OLD_HISTORY)
            ? "schema.history.internal." + key.substring(OLD_HISTORY.length())
            : RENAMED.get(key);
    return Optional.ofNullable(renamed)
        .filter(names::contains)
        .or(() -> NearestName.of(key, names));
  }

  /** The key whose list lacks the alias that this key is under, if it looks like one of those. */
  static Optional<String> aliasListOf(String key) {
    return ALIASED.stream()
        .filter(aliased -> !aliased.before().isEmpty() && isUnder(key, aliased.before()))
        .map(Aliased::declaredBy)
        .findFirst();
  }

  /** The fields that Debezium declares outside of the connector's own set. */
  static Stream<Field> declaredFields(SourceKind kind) {
    return Stream.concat(Stream.of(kind.configClass()), DECLARED_IN.stream())
        .flatMap(type -> Arrays.stream(type.getFields()))
        .filter(constant -> constant.getType() == Field.class)
        .map(constant -> (Field) valueOf(constant));
  }

  private static Set<String> names(Map<String, String> config) {
    return Objects.requireNonNull(NAMES.get(SourceKind.ofChecked(config)));
  }

  private static Set<String> names(SourceKind kind) {
    Set<String> names = new TreeSet<>(SourceConnectorConfig.configDef().names());
    declaredFields(kind).forEach(field -> addWithAliases(field, names));
    kind.fields().forEach(field -> addWithAliases(field, names));
    names.add(AsyncEngineConfig.RECORD_PROCESSING_THREADS.name());
    names.removeAll(OTHER_DATABASES);
    return Set.copyOf(names);
  }

  private static Set<String> topicSettings() {
    Stream<String> ofConnect = Stream.of("partitions", "replication.factor", "include", "exclude");
    Stream<String> ofKafka =
        Arrays.stream(TopicConfig.class.getFields())
            .filter(constant -> constant.getName().endsWith("_CONFIG"))
            .map(constant -> String.valueOf(valueOf(constant)));
    return Stream.concat(ofConnect, ofKafka).collect(Collectors.toUnmodifiableSet());
  }

  private static void addWithAliases(Field field, Set<String> names) {
    names.add(field.name());
    names.addAll(field.deprecatedAliases());
  }

  private static Object valueOf(java.lang.reflect.Field constant) {
    try {
      return constant.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("A public constant can be read: " + constant, e);
    }
  }

  private static boolean isUnder(String key, String prefix) {
    return key.length() > prefix.length() && key.startsWith(prefix);
  }

  private static boolean isAliased(String key, Aliased aliased, Map<String, String> config) {
    return aliases(config, aliased.declaredBy())
        .anyMatch(alias -> isUnder(key, aliased.before() + alias + "."));
  }

  private static boolean isTopicSetting(String key, Map<String, String> config) {
    return Stream.concat(Stream.of("default"), aliases(config, TOPIC_CREATION + "groups"))
        .map(group -> TOPIC_CREATION + group + ".")
        .anyMatch(
            prefix ->
                isUnder(key, prefix) && TOPIC_SETTINGS.contains(key.substring(prefix.length())));
  }

  private static Stream<String> aliases(Map<String, String> config, String declaredBy) {
    return Arrays.stream(config.getOrDefault(declaredBy, "").split(",", -1))
        .map(String::trim)
        .filter(alias -> !alias.isEmpty());
  }

  /** Debezium hands {@code driver.*} and the rest of {@code database.*} to the JDBC driver. */
  private static boolean isDriverProperty(String key) {
    return Stream.of("driver.", "database.")
        .anyMatch(
            prefix ->
                isUnder(key, prefix)
                    && PropertyKey.fromValue(key.substring(prefix.length())) != null);
  }
}
