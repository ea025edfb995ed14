package dev.lockstep.stack.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What runs on the machine, in the order of starting; stopping goes the other way. */
enum Part {
  MYSQL("MySQL", Port.MYSQL),
  KAFKA("Kafka", Port.KAFKA),
  CLICKHOUSE("ClickHouse", Port.CLICKHOUSE_HTTP, Port.CLICKHOUSE_NATIVE),
  CAPTURE("capture-service", Port.CAPTURE),
  APPLY("apply-service", Port.APPLY),
  ADMIN("admin-service", Port.ADMIN),
  DEMO("demo trickle");

  static final List<Part> SERVERS = List.of(MYSQL, KAFKA, CLICKHOUSE);
  static final List<Part> SERVICES = List.of(CAPTURE, APPLY, ADMIN);
  static final List<Part> IN_STOP_ORDER = Arrays.asList(values()).reversed();

  final String title;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  final List<Port> ports;

  Part(String title, Port... ports) {
    this.title = title;
    this.ports = List.of(ports);
  }

  /** As users type it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isService() {
    return SERVICES.contains(this);
  }
}
