package dev.lockstep.capture.preflight;

import dev.lockstep.capture.transforms.EventFormat;
import dev.lockstep.capture.transforms.Transforms;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Lockstep asks of transforms, as far as the config alone tells it. */
final class TransformRules {
  /** Those that leave no row of a table in Debezium's envelope. */
  private static final Set<String> TAKE_THE_ENVELOPE =
      Set.of(
          "io.debezium.transforms.ExtractNewRecordState",
          "org.apache.kafka.connect.transforms.ExtractField$Value",
          "org.apache.kafka.connect.transforms.HoistField$Value",
          "org.apache.kafka.connect.transforms.Flatten$Value");

  private TransformRules() {}

  static void check(Map<String, String> config, Findings findings) {
    List<String> aliases =
        Arrays.stream(config.getOrDefault(Transforms.KEY, "").split(",", -1))
            .map(String::strip)
            .filter(alias -> !alias.isEmpty())
            .toList();
    aliases.forEach(alias -> transform("transforms." + alias, config, findings));
    if (aliases.isEmpty()) {
      convertersAreNotUsed(config, findings);
    }
  }

  private static void transform(String prefix, Map<String, String> config, Findings findings) {
    String type = config.getOrDefault(prefix + ".type", "").strip();
    boolean selective = config.containsKey(prefix + ".predicate");
    if (TAKE_THE_ENVELOPE.contains(type) && !selective) {
      findings.error(
          prefix + ".type",
          "`"
              + type
              + "` takes away Debezium's envelope, which apply-service reads, so that no table would"
              + " be mirrored.",
          "Remove this transform: consumers that want flat rows can apply it on their side. Or give"
              + " it a `"
              + prefix
              + ".predicate` that holds only for the topics of tables which shall not be mirrored.");
    } else if (type.equals("org.apache.kafka.connect.transforms.Filter")) {
      findings.warning(
          prefix + ".type",
          "`" + type + "` leaves records out: the target will not equal the source.",
          "Remove it unless that is what you want.");
    }
  }

  private static void convertersAreNotUsed(Map<String, String> config, Findings findings) {
    for (String key : List.of(EventFormat.KEY, EventFormat.VALUE, EventFormat.HEADER)) {
      if (config.containsKey(key)) {
        findings.warning(
            key,
            "`" + key + "` is not used: the data topics hold Debezium's plain JSON.",
            "Remove it, or leave it: it does no harm.");
      }
    }
  }
}
