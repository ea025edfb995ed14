package dev.lockstep.stack.launcher;

/** The ports in use, each with its default; {@code LOCKSTEP_PORT_<name>} sets another. */
enum Port {
  MYSQL(3306),
  KAFKA(9092),
  CLICKHOUSE_HTTP(8123),
  CLICKHOUSE_NATIVE(9000),
  CAPTURE(8081),
  APPLY(8082),
  ADMIN(8083);

  final int standard;

  Port(int standard) {
    this.standard = standard;
  }

  String variable() {
    return "LOCKSTEP_PORT_" + name();
  }
}
