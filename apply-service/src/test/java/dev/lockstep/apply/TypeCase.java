package dev.lockstep.apply;

import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A source column under some options, and what becomes of values in it. */
final class TypeCase {
  /**
   * A value that is applied.
   *
   * @param json as the record holds it
   * @param zeroDate MySQL's text of a date that the record's header names, or null
   * @param shown what SQL shows in the target
   * @param altered whether the row must say that a policy changed it
   */
  record Applied(String json, @Nullable String zeroDate, String shown, boolean altered) {}

  /**
   * A value that is not.
   *
   * @param json as the record holds it
   * @param zeroDate MySQL's text of a date that the record's header names, or null
   * @param reason a part of the reason
   */
  record Refused(String json, @Nullable String zeroDate, String reason) {}

  final Column column;
  final String targetType;
  final List<Applied> applied = new ArrayList<>();
  final List<Refused> refused = new ArrayList<>();
  TypeOptions options = TypeOptions.NONE;
  String optionsShown = "";
  String nullableType;
  String nullShown = "\\N";

  private TypeCase(Column column, String targetType) {
    this.column = column;
    this.targetType = targetType;
    this.nullableType =
        targetType.startsWith("LowCardinality(")
            ? targetType.replace("(String)", "(Nullable(String))")
            : "Nullable(" + targetType + ")";
  }

  static TypeCase of(String type, String wire, String targetType) {
    return of(type, null, null, wire, null, targetType);
  }

  static TypeCase of(String type, Integer length, String wire, String semantic, String target) {
    return of(type, length, null, wire, semantic, target);
  }

  static TypeCase of(
      String type,
      @Nullable Integer length,
      @Nullable Integer scale,
      String wire,
      @Nullable String semantic,
      String targetType) {
    Map<String, String> parameters =
        "org.apache.kafka.connect.data.Decimal".equals(semantic)
            ? Map.of("scale", String.valueOf(scale))
            : Map.of();
    return new TypeCase(
        new Column("v", type, length, scale, true, new Wire(wire, semantic, parameters)),
        targetType);
  }

  /** Under options, named for the test's report. */
  TypeCase with(String shown, TypeOptions chosen) {
    options = chosen;
    optionsShown = shown;
    return this;
  }

  /** For types that have no Nullable. */
  TypeCase nullIs(String type, String shown) {
    nullableType = type;
    nullShown = shown;
    return this;
  }

  TypeCase good(String json, String shown) {
    applied.add(new Applied(json, null, shown, false));
    return this;
  }

  TypeCase altered(String json, String shown) {
    applied.add(new Applied(json, null, shown, true));
    return this;
  }

  TypeCase zero(String text, String shown, boolean altered) {
    applied.add(new Applied("null", text, shown, altered));
    return this;
  }

  TypeCase bad(String json, String reason) {
    refused.add(new Refused(json, null, reason));
    return this;
  }

  TypeCase bad(String... jsons) {
    for (String json : jsons) {
      bad(json, "");
    }
    return this;
  }

  TypeCase badZero(String text, String reason) {
    refused.add(new Refused("null", text, reason));
    return this;
  }

  @Override
  public String toString() {
    return "%s over %s %s %s"
        .formatted(column.type(), column.wire().type(), column.wire().semantic(), optionsShown);
  }
}
