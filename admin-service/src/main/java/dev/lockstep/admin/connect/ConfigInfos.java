package dev.lockstep.admin.connect;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lockstep.common.preflight.ConfigDefinition;
import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka Connect answers of a config that is tried.
 *
 * @param name the connector's class
 * @param errorCount how many errors the values have in all
 * @param groups the groups that the keys stand in
 * @param configs each key that a config can have, then those that it has beside them
 */
@Schema(description = "A config that was tried, in Kafka Connect's form")
record ConfigInfos(
    @Schema(example = "io.debezium.connector.mysql.MySqlConnector") String name,
    @Schema(description = "0 when a connector of this config would be accepted", example = "1")
        @JsonProperty("error_count")
        int errorCount,
    List<String> groups,
    List<ConfigInfo> configs) {

  /**
   * A key and its value.
   *
   * @param definition what can be said of the key; null where it is not one that a config can have
   * @param value its value and what is wrong with it
   */
  record ConfigInfo(@Nullable Definition definition, Value value) {}

  /** A key, as Kafka Connect shows {@link ConfigDefinition}. */
  @Schema(name = "ConfigDefinition")
  record Definition(
      @Schema(example = "database.password") String name,
      @Schema(example = "PASSWORD") String type,
      boolean required,
      @JsonProperty("default_value") @Nullable String defaultValue,
      @Schema(example = "HIGH") String importance,
      String documentation,
      @Nullable String group,
      @JsonProperty("order_in_group") int orderInGroup,
      @Schema(example = "SHORT") String width,
      @JsonProperty("display_name") String displayName,
      List<String> dependents) {
    static Definition of(ConfigDefinition key) {
      return new Definition(
          key.name(),
          key.type(),
          key.required(),
          key.defaultValue(),
          key.importance(),
          key.documentation(),
          key.group(),
          key.orderInGroup(),
          key.width(),
          key.displayName(),
          key.dependents());
    }
  }

  /**
   * A value.
   *
   * @param name the key
   * @param value what the config has, a secret masked, or else the default
   * @param recommendedValues always empty: no key of Debezium's recommends any
   * @param errors what is wrong, each with the way out
   * @param visible always true
   */
  @Schema(name = "ConfigValue")
  record Value(
      @Schema(example = "database.password") String name,
      @Schema(example = "********") @Nullable String value,
      @JsonProperty("recommended_values") List<String> recommendedValues,
      @Schema(example = "[\"MySQL refused the password. Check it.\"]") List<String> errors,
      boolean visible) {}

  /**
   * Of what was found.
   *
   * @param connectorClass the config's
   * @param shown the config, its secrets masked
   * @param report what was found, with definitions
   */
  static ConfigInfos of(String connectorClass, Map<String, String> shown, PreflightReport report) {
    Map<String, List<String>> errors = errors(report);
    Map<String, ConfigInfo> configs = new LinkedHashMap<>();
    for (ConfigDefinition key : report.definitions()) {
      String value = shown.getOrDefault(key.name(), key.defaultValue());
      configs.put(key.name(), new ConfigInfo(Definition.of(key), value(key.name(), value, errors)));
    }
    errors
        .keySet()
        .forEach(
            key ->
                configs.putIfAbsent(key, new ConfigInfo(null, value(key, shown.get(key), errors))));
    int count = errors.values().stream().mapToInt(List::size).sum();
    return new ConfigInfos(connectorClass, count, groups(report), List.copyOf(configs.values()));
  }

  private static Map<String, List<String>> errors(PreflightReport report) {
    return report.findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .collect(
            Collectors.groupingBy(
                Finding::key,
                LinkedHashMap::new,
                Collectors.mapping(ConfigInfos::text, Collectors.toList())));
  }

  private static String text(Finding finding) {
    return (finding.problem() + " " + finding.remedy()).strip();
  }

  private static Value value(String key, @Nullable String value, Map<String, List<String>> errors) {
    return new Value(key, value, List.of(), errors.getOrDefault(key, List.of()), true);
  }

  private static List<String> groups(PreflightReport report) {
    return report.definitions().stream()
        .map(ConfigDefinition::group)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }
}
