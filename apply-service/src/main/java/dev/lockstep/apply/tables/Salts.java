package dev.lockstep.apply.tables;

import dev.lockstep.apply.types.Salt;
import dev.lockstep.common.mapping.Mask;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secret salts that masks name. Mappings hold the names alone, so no topic has a salt. */
public final class Salts {
  /** None at all. */
  public static final Salts NONE = new Salts(Map.of());

  private static final int SHORTEST = 16;

  private final Map<String, Salt> salts = new HashMap<>();

  /**
   * By name.
   *
   * @throws IllegalArgumentException when one is too short to be a secret; the message does not
   *     show it
   */
  public Salts(Map<String, String> byName) {
    byName.forEach(
        (name, secret) -> {
          if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException(
                "lockstep.apply.salts.%s is shorter than %d characters: who knows a value could find it"
                    .formatted(name, SHORTEST));
          }
          salts.put(name, new Salt(secret));
        });
  }

  /** The salt of a mask; null where it needs none, or there is none of that name. */
  @Nullable Salt of(@Nullable Mask mask) {
    return mask == null || mask.kind() != Mask.Kind.HASH ? null : salts.get(mask.saltName());
  }

  /** What is wrong with a column's mask; empty when nothing is. */
  Optional<String> problem(String column, @Nullable Mask mask) {
    return mask != null && mask.kind() == Mask.Kind.HASH && of(mask) == null
        ? Optional.of(
            "The mask of column %s needs the salt %2$s, which apply-service does not have. Set lockstep.apply.salts.%2$s there, on all replicas to the same secret"
                .formatted(column, mask.saltName()))
        : Optional.empty();
  }
}
