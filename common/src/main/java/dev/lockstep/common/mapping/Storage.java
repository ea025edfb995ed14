package dev.lockstep.common.mapping;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a target table is laid out in ClickHouse.
 *
 * @param orderBy the columns of its sorting key, by their names in the target; the source's key by
 *     default
 * @param partitionBy an expression for {@code PARTITION BY}; none by default
 * @param ttl what stands behind {@code TTL}; none by default
 * @param settings the table's settings by name
 */
public record Storage(
    List<String> orderBy,
    @Nullable String partitionBy,
    @Nullable String ttl,
    Map<String, String> settings) {
  /** Nothing chosen. */
  public static final Storage NONE = new Storage(List.of(), null, null, Map.of());

  private static final Pattern SETTING = Pattern.compile("[a-z][a-z0-9_]{0,99}");

  /**
   * Copies list and map; what is left out is empty.
   *
   * @throws IllegalArgumentException when something can't stand in a statement, see {@link
   *     SqlExpression}, or {@code orderBy} names a column twice
   */
  public Storage {
    orderBy = orderBy == null ? List.of() : List.copyOf(orderBy);
    settings = settings == null ? Map.of() : Map.copyOf(settings);
    if (orderBy.stream().distinct().count() < orderBy.size()) {
      throw new IllegalArgumentException("orderBy names a column twice");
    }
    if (partitionBy != null) {
      new SqlExpression(partitionBy);
    }
    if (ttl != null) {
      SqlExpression.ttl(ttl);
    }
    for (String setting : settings.keySet()) {
      if (!isSetting(setting)) {
        throw new IllegalArgumentException(setting + " is no name of a setting");
      }
    }
  }

  /** Whether a text has the form of a setting's name. */
  public static boolean isSetting(String name) {
    return SETTING.matcher(name).matches();
  }
}
