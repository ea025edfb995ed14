package dev.lockstep.apply.schemas;

import dev.lockstep.apply.schemas.ConnectorRegistry.Publisher;
import dev.lockstep.common.schema.TableSchema;
import java.util.Optional;

/** Which table's rows a data topic has. */
public final class SourceTables {
  private final ControlState control;

  /** By what the control topics say. */
  public SourceTables(ControlState control) {
    this.control = control;
  }

  /**
   * The table by the topic's newest schema; while none is known, by the name that Debezium gives to
   * topics. Empty when neither tells.
   */
  public Optional<SourceTable> of(String topic) {
    return control
        .schemas()
        .latest(topic)
        .map(SourceTables::of)
        .or(() -> control.connectors().owner(topic).flatMap(owner -> named(topic, owner)));
  }

  private static SourceTable of(TableSchema schema) {
    return new SourceTable(schema.connector(), schema.database(), schema.table());
  }

  private static Optional<SourceTable> named(String topic, Publisher owner) {
    String rest = topic.substring(owner.topicPrefix().length() + 1);
    int dot = rest.indexOf('.');
    return dot < 0
        ? Optional.empty()
        : Optional.of(
            new SourceTable(owner.name(), rest.substring(0, dot), rest.substring(dot + 1)));
  }
}
