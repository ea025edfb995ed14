package dev.lockstep.apply.types;

import static dev.lockstep.common.mapping.ColumnType.Kind;

import dev.lockstep.common.mapping.ColumnType;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.mapping.TypeOptions.OutOfRange;
import dev.lockstep.common.schema.Column;
import java.util.Optional;

/**
 * Types that a mapping can give columns in the place of those that the rules have for them: as far
 * as each value comes out as what it is, or not at all.
 */
final class Retypes {
  private static final String OF_NUMBERS =
      "Int8 to Int256, UInt8 to UInt256, Decimal(P, S), Bool, IPv4, String or LowCardinality(String)";
  private static final String OF_TEXTS = "String, LowCardinality(String), UUID, IPv4 or IPv6";
  private static final String OF_BYTES = "UUID, IPv4 or IPv6";

  private final Column column;
  private final SourceType source;
  private final TypeOptions options;
  private final ColumnType wanted;
  private final boolean inKey;

  private Retypes(Column column, TypeOptions options, ColumnType wanted, boolean inKey) {
    this.column = column;
    this.source = SourceType.of(column);
    this.options = ofTimes(options);
    this.wanted = wanted;
    this.inKey = inKey;
  }

  /** The other options choose a type too, and the type goes before them. */
  private static TypeOptions ofTimes(TypeOptions options) {
    boolean asText = options.outOfRange() == OutOfRange.STRING;
    return new TypeOptions(
        options.zeroDates(),
        asText ? null : options.outOfRange(),
        null,
        null,
        null,
        null,
        null,
        null,
        options.codec());
  }

  /**
   * The type of a column that is given one.
   *
   * @throws UnsupportedColumnException when it can't be, with those that can
   */
  static TargetType of(Column column, TypeOptions options, ColumnType wanted, boolean inKey) {
    return new Retypes(column, options, wanted, inKey).type();
  }

  private TargetType type() {
    TargetType type = TextForms.isTime(source) ? ofTime() : ofOthers();
    return wanted.nullable() ? type.asNullable() : type;
  }

  private TargetType ofTime() {
    boolean isDate = source.name().equals("DATE");
    Optional<TargetType> type =
        switch (wanted.kind()) {
          case STRING -> text();
          case DATE -> isDate ? Dates.shortDate(column, options) : Optional.empty();
          case DATE_TIME, DATE_TIME64 -> isDate ? Optional.empty() : ofDateTime();
          default -> Optional.empty();
        };
    return type.orElseThrow(() -> cant(isDate ? "Date or String" : timesPossible()));
  }

  private String timesPossible() {
    int digits = Dates.digits(column);
    return "%sDateTime64(%d) to DateTime64(6)%s or String"
        .formatted(
            digits == 0 ? "DateTime, " : "",
            digits,
            isInstant() ? ", with a time zone or without," : ", without a time zone but 'UTC',");
  }

  private boolean isInstant() {
    return source.name().equals("TIMESTAMP");
  }

  /** A DATETIME is of no time zone, so that another than UTC would make another time of it. */
  private Optional<TargetType> ofDateTime() {
    String zone = wanted.zone() == null ? "UTC" : wanted.zone();
    int digits = wanted.kind() == Kind.DATE_TIME ? 0 : wanted.precision();
    if (digits < Dates.digits(column) || !(isInstant() || zone.equals("UTC"))) {
      return Optional.empty();
    }
    return wanted.kind() == Kind.DATE_TIME
        ? Dates.seconds(column, options, zone)
        : Dates.dateTime(column, options, digits, zone);
  }

  private TargetType ofOthers() {
    TargetType natural = TypeRules.type(column, options);
    if (Numbers.isExact(natural)) {
      return ofNumber(natural);
    }
    if (Texts.isText(column, natural)) {
      return ofText(natural).orElseThrow(() -> cant(OF_TEXTS));
    }
    if (natural.name().equals("String") && column.wire().type().equals("bytes")) {
      return ofBytes().orElseThrow(() -> cant(OF_BYTES));
    }
    if (natural.name().equals("Float32") && wanted.kind() == Kind.FLOAT64) {
      return Floats.widened();
    }
    throw cant(
        natural.name().equals("Float32") ? "Float64" : "nothing else than " + natural.name());
  }

  private TargetType ofNumber(TargetType natural) {
    Optional<TargetType> type =
        switch (wanted.kind()) {
          case STRING, LOW_CARDINALITY -> text();
          case SIGNED, UNSIGNED, DECIMAL, BOOL, IPV4 -> Numbers.as(natural, wanted);
          default -> Optional.empty();
        };
    return type.orElseThrow(() -> cant(numbersPossible(natural)));
  }

  private static String numbersPossible(TargetType natural) {
    int scale = Numbers.scaleOf(natural);
    return scale == 0
        ? OF_NUMBERS
        : "Decimal(P, S) with S of %d or more, String or LowCardinality(String)".formatted(scale);
  }

  private Optional<TargetType> text() {
    Optional<TargetType> text =
        TextForms.of(column, source, TypeRules.type(column, TextForms.asText(options)));
    return wanted.kind() == Kind.LOW_CARDINALITY
        ? text.map(type -> type.as(TargetType.Form.LOW_CARDINALITY))
        : text;
  }

  private Optional<TargetType> ofText(TargetType natural) {
    return switch (wanted.kind()) {
      case STRING -> Optional.of(natural.as(TargetType.Form.PLAIN));
      case LOW_CARDINALITY -> Optional.of(natural.as(TargetType.Form.LOW_CARDINALITY));
      case UUID -> Optional.of(Addresses.uuidOfText(inKey));
      case IPV4 -> Optional.of(Addresses.ip4OfText());
      case IPV6 -> {
        if (inKey) {
          throw UnsupportedColumnException.severalForms(column);
        }
        yield Optional.of(Addresses.ip6OfText());
      }
      default -> Optional.empty();
    };
  }

  private Optional<TargetType> ofBytes() {
    boolean isPadded = source.name().equals("BINARY") || source.name().equals("CHAR BYTE");
    return switch (wanted.kind()) {
      case UUID -> Optional.of(Addresses.ofBytes("UUID", 16, isPadded));
      case IPV6 -> Optional.of(Addresses.ofBytes("IPv6", 16, isPadded));
      case IPV4 -> Optional.of(Addresses.ofBytes("IPv4", 4, isPadded));
      default -> Optional.empty();
    };
  }

  private UnsupportedColumnException cant(String possible) {
    return UnsupportedColumnException.retyped(column, possible);
  }
}
