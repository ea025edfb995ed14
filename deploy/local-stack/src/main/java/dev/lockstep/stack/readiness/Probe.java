package dev.lockstep.stack.readiness;

/** Returns when the server answers, and throws what stands in the way when it does not. */
@FunctionalInterface
public interface Probe {
  void check() throws Exception;
}
