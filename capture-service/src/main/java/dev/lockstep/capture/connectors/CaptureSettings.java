package dev.lockstep.capture.connectors;

import java.time.Duration;

/**
 * How replicas of capture-service share connectors: the properties {@code lockstep.capture.*}. A
 * component that is not set takes its default.
 *
 * @param sessionTimeout a replica that is not heard of for this long is taken for dead, and its
 *     connectors run elsewhere; from 6 s, the least that brokers allow by default, to 5 min; 10 s
 *     by default
 */
public record CaptureSettings(Duration sessionTimeout) {
  private static final Duration LEAST = Duration.ofSeconds(6);
  private static final Duration MOST = Duration.ofMinutes(5);

  /** Fills in the defaults for what the binder passes as null. */
  public CaptureSettings {
    sessionTimeout = sessionTimeout == null ? Duration.ofSeconds(10) : sessionTimeout;
    if (sessionTimeout.compareTo(LEAST) < 0 || sessionTimeout.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "lockstep.capture.session-timeout must be from 6s to 5m, and not " + sessionTimeout);
    }
  }

  int sessionTimeoutMillis() {
    return Math.toIntExact(sessionTimeout.toMillis());
  }

  /** Often enough that a few can be lost, and that a rebalance is heard of within a second. */
  int heartbeatMillis() {
    return Math.min(1_000, sessionTimeoutMillis() / 6);
  }
}
