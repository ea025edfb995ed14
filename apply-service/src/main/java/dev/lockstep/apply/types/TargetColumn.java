package dev.lockstep.apply.types;

import org.jspecify.annotations.Nullable;

/**
 * What a source column becomes.
 *
 * @param source its name in the source
 * @param name its name in the target
 * @param type ClickHouse's name of the type, written as {@code system.columns} writes it
 * @param codec what stands inside {@code CODEC(…)}, or null where ClickHouse's default is best
 * @param comment the source's comment, or null where it has none
 * @param form what its values look like where the type does not say it, or null
 * @param encoder writes its values
 * @param alters whether a policy of this column may write another value than the source's; each
 *     such value is named in the row's {@code _altered}
 * @param hidden whether its values are masked, so that no message may show one
 * @param inKey whether it is part of the key, so that a row is not known without it
 */
public record TargetColumn(
    String source,
    String name,
    String type,
    @Nullable String codec,
    @Nullable String comment,
    @Nullable String form,
    ValueEncoder encoder,
    boolean alters,
    boolean hidden,
    boolean inKey) {
  /** The same by another name in the target. */
  public TargetColumn named(String newName) {
    return new TargetColumn(
        source, newName, type, codec, comment, form, encoder, alters, hidden, inKey);
  }

  /** The same as a column without which a row is not known. */
  public TargetColumn asKey() {
    return new TargetColumn(
        source, name, type, codec, comment, form, encoder, alters, hidden, true);
  }
}
