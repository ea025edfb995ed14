package dev.lockstep.benchmarks.encoder;

/** What an event says of its row. */
public enum Change {
  INSERT("c", false, true),
  UPDATE("u", true, true),
  DELETE("d", true, false);

  private final String op;
  private final boolean before;
  private final boolean after;

  Change(String op, boolean before, boolean after) {
    this.op = op;
    this.before = before;
    this.after = after;
  }

  String op() {
    return op;
  }

  boolean hasBefore() {
    return before;
  }

  boolean hasAfter() {
    return after;
  }
}
