package dev.lockstep.capture.preflight;

import dev.lockstep.capture.source.SourceKind;
import io.debezium.config.Configuration;
import io.debezium.config.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;

/** Debezium's own rules for the values of its keys, without a connection. */
final class SettingsCheck {
  private final Map<String, String> config;
  private final Configuration configuration;
  private final SourceKind kind;
  private final Secrets secrets;
  private final Findings findings;
  private final Set<String> checked = new HashSet<>();

  private SettingsCheck(Map<String, String> config, Findings findings) {
    this.config = config;
    this.configuration = Configuration.from(config);
    this.kind = SourceKind.ofChecked(config);
    this.secrets = new Secrets(config);
    this.findings = findings;
  }

  static void check(Map<String, String> config, Findings findings) {
    var check = new SettingsCheck(config, findings);
    check.connectorFields();
    check.otherFields();
  }

  private void connectorFields() {
    kind.fields().forEach(field -> checked.add(field.name()));
    var values = new TreeMap<>(configuration.validate(kind.fields()));
    values.values().stream()
        .filter(value -> !value.errorMessages().isEmpty())
        .forEach(value -> report(value.name(), value));
  }

  /** Those outside of the connector's own set are required only by what they belong to. */
  private void otherFields() {
    KnownKeys.declaredFields(kind)
        .filter(field -> config.containsKey(field.name()) && checked.add(field.name()))
        .forEach(
            field -> {
              var value = new ConfigValue(field.name());
              field.validate(configuration, (f, given, problem) -> value.addErrorMessage(problem));
              if (!value.errorMessages().isEmpty()) {
                report(field.name(), value);
              }
            });
  }

  private void report(String key, ConfigValue value) {
    if (config.getOrDefault(key, "").isBlank() && isRequired(key)) {
      findings.error(key, "`" + key + "` is missing.", "Set it. " + meaning(key));
      return;
    }
    findings.error(
        key,
        "The value of `" + key + "` is not accepted: " + reasons(key, value.errorMessages()) + ".",
        "Correct it. " + meaning(key));
  }

  private boolean isRequired(String key) {
    Field field = kind.fields().fieldWithName(key);
    return field != null && field.isRequired();
  }

  /** Validators of a type and of a field say the same twice. */
  private String reasons(String key, List<String> messages) {
    String prefix = Field.validationOutput(Field.create(key), "");
    return messages.stream()
        .map(message -> message.startsWith(prefix) ? message.substring(prefix.length()) : message)
        .map(message -> message.lines().findFirst().orElse(message).strip())
        .map(secrets::removedFrom)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private String meaning(String key) {
    Field field = kind.fields().fieldWithName(key);
    if (field == null || field.description() == null) {
      return "Debezium's documentation of the " + kind.title() + " connector tells what it takes.";
    }
    String description = field.description();
    int end = description.indexOf(". ");
    return end < 0 ? description : description.substring(0, end + 1);
  }
}
