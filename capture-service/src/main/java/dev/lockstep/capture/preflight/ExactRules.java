package dev.lockstep.capture.preflight;

import java.util.Locale;
import java.util.Map;

/**
 * Where a config would make Debezium alter values: what Lockstep does instead, and what it can't.
 */
final class ExactRules {
  private static final String PRECISION = "time.precision.mode";

  private ExactRules() {}

  static void check(Map<String, String> config, Findings findings) {
    Map.of(
            "enable.time.adjuster", "false",
            "include.schema.comments", "true",
            "event.converting.failure.handling.mode", "fail",
            "driver.useServerPrepStmts", "true",
            "driver.useCursorFetch", "true",
            "driver.characterSetResults", "null",
            "driver.connectionTimeZone", "UTC",
            "driver.forceConnectionTimeZoneToSession", "true")
        .forEach((key, value) -> set(config, key, value, findings));
    fetchSize(config, findings);
    precision(config, findings);
  }

  private static void set(Map<String, String> config, String key, String value, Findings findings) {
    if (!config.getOrDefault(key, value).strip().equalsIgnoreCase(value)) {
      findings.warning(
          key,
          "`"
              + key
              + "` is not used: Lockstep sets it to "
              + value
              + ", so that no value is altered.",
          "Remove it, or leave it: it does no harm.");
    }
  }

  private static void fetchSize(Map<String, String> config, Findings findings) {
    if (config.getOrDefault("snapshot.fetch.size", "1").strip().matches("-\\d+|0")) {
      findings.warning(
          "snapshot.fetch.size",
          "`snapshot.fetch.size` is not used unless it is positive: without a cursor MySQL sends a FLOAT with six"
              + " digits only.",
          "Set it to the rows that may be in memory at once, or remove it.");
    }
  }

  private static void precision(Map<String, String> config, Findings findings) {
    switch (config.getOrDefault(PRECISION, "").strip().toLowerCase(Locale.ROOT)) {
      case "nanoseconds" ->
          findings.error(
              PRECISION,
              "`time.precision.mode` nanoseconds can't hold dates before 1677 or after 2262.",
              "Remove it, or set it to microseconds.");
      case "connect" ->
          findings.error(
              PRECISION,
              "`time.precision.mode` connect cuts times after three fractional digits.",
              "Remove it, or set it to microseconds.");
      default -> {
        // The others hold every value of MySQL.
      }
    }
  }
}
