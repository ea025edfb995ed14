package dev.lockstep.apply.intake;

import dev.lockstep.apply.schemas.ConnectorRegistry;
import dev.lockstep.apply.schemas.ConnectorRegistry.Publisher;
import dev.lockstep.apply.schemas.ControlState;
import dev.lockstep.common.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which topics are read: the data topics of the connectors that exist, by the names that Debezium
 * gives them, and those that a transform has routed rows to. When a connector is deleted its topics
 * are no longer read; what it had published by then and was not applied stays in Kafka and is
 * applied when a connector with the same topics comes.
 *
 * @param regex matches the names of the topics to read; empty when there are none
 */
record Subscription(String regex) {
  static final Subscription NONE = new Subscription("");

  static Subscription of(ControlState control, String controlPrefix) {
    ConnectorRegistry connectors = control.connectors();
    List<Publisher> publishers = connectors.all();
    Set<String> alternatives = new TreeSet<>();
    Set<String> excluded = new TreeSet<>();
    for (Publisher publisher : publishers) {
      alternatives.add(Pattern.quote(publisher.topicPrefix()) + "\\.[^.]+\\..+");
      publisher.otherTopics().forEach(topic -> excluded.add(Pattern.quote(topic) + "$"));
    }
    control.schemas().all().stream()
        .filter(schema -> connectors.contains(schema.connector()))
        .map(TableSchema::topic)
        .filter(topic -> publishers.stream().noneMatch(p -> isNamedByDebezium(topic, p)))
        .forEach(topic -> alternatives.add(Pattern.quote(topic)));
    return alternatives.isEmpty()
        ? NONE
        : new Subscription(regex(alternatives, excluded, controlPrefix));
  }

  /** Transforms may give the topics of tables other names. */
  private static boolean isNamedByDebezium(String topic, Publisher publisher) {
    String prefix = publisher.topicPrefix() + ".";
    if (!topic.startsWith(prefix)) {
      return false;
    }
    int dot = topic.indexOf('.', prefix.length());
    return dot > prefix.length() && dot < topic.length() - 1;
  }

  private static String regex(
      Set<String> alternatives, Set<String> excluded, String controlPrefix) {
    List<String> not = new ArrayList<>(excluded);
    not.add(Pattern.quote(controlPrefix + "."));
    not.add(Pattern.quote("__"));
    return "^(?!%s)(?:%s)$".formatted(String.join("|", not), String.join("|", alternatives));
  }

  boolean isEmpty() {
    return regex.isEmpty();
  }

  Pattern pattern() {
    return Pattern.compile(regex);
  }
}
