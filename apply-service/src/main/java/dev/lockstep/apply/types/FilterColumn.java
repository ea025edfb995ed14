package dev.lockstep.apply.types;

import dev.lockstep.common.mapping.Condition.Constant;
import dev.lockstep.common.mapping.Condition.Operator;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.mapping.TypeOptions.OutOfRange;
import dev.lockstep.common.schema.Column;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A source's column that a filter looks at. Its values are written as the types' rules write them
 * where nothing is chosen, dates and times as MySQL's text, which has the order of the times; then
 * they are compared as they are written.
 */
public final class FilterColumn {
  private static final Pattern NUMBER = Pattern.compile("(U?)Int(\\d+)|(Bool)");
  private static final Pattern DECIMAL = Pattern.compile("Decimal\\(\\d+, (\\d+)\\)");
  private static final Pattern TIME =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)(?:[ T](\\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d{1,6}))?)?");
  private static final Set<String> TIMES = Set.of("DATE", "DATETIME", "TIMESTAMP");
  private static final TypeOptions AS_TEXT =
      new TypeOptions(null, OutOfRange.STRING, null, null, null, null, null, null, null);

  private final Column column;
  private final TargetColumn target;
  private final boolean isTime;

  /**
   * Of a column.
   *
   * @throws UnsupportedColumnException when its values can't be read
   */
  public FilterColumn(Column column) {
    this.column = column;
    this.isTime = TIMES.contains(SourceType.of(column).name());
    this.target = TypeRules.target(column, isTime ? AS_TEXT : TypeOptions.NONE);
  }

  /** Its name in the source. */
  public String name() {
    return column.name();
  }

  /** Writes a value that is not NULL, for a {@link Test}, with a byte before it where it may be. */
  public ValueEncoder encoder() {
    return target.encoder();
  }

  /** Whether such a byte stands before its values. */
  public boolean isNullable() {
    return column.nullable();
  }

  /** Asks something of a value that is not NULL. */
  @FunctionalInterface
  public interface Test {
    /**
     * Whether it is so.
     *
     * @param value holds the value, and nothing behind it
     * @param start where it begins
     */
    boolean holds(RowBuffer value, int start);
  }

  /**
   * A comparison with a constant.
   *
   * @throws IllegalArgumentException when the column's values can't be compared with it
   */
  public Test compare(Operator operator, Constant constant) {
    if (isTime) {
      return asBytes(operator, time(constant));
    }
    String type = plainType();
    Matcher whole = NUMBER.matcher(type);
    Matcher decimal = DECIMAL.matcher(type);
    if (whole.matches()) {
      boolean unsigned = whole.group(3) != null || !whole.group(1).isEmpty();
      return asNumber(operator, new FilterNumber(number(constant), 0, unsigned));
    }
    if (decimal.matches()) {
      int scale = Integer.parseInt(decimal.group(1));
      return asNumber(operator, new FilterNumber(number(constant), scale, false));
    }
    return switch (type) {
      case "Float32" -> asFloat(operator, number(constant).value().floatValue());
      case "Float64" -> asDouble(operator, number(constant).value().doubleValue());
      case "String" -> text(operator, constant);
      default -> throw new IllegalArgumentException(incomparable());
    };
  }

  private String plainType() {
    String type = target.type();
    for (String around : new String[] {"LowCardinality(", "Nullable("}) {
      if (type.startsWith(around)) {
        type = type.substring(around.length(), type.length() - 1);
      }
    }
    return type;
  }

  private boolean isText() {
    return plainType().equals("String")
        && column.wire().type().equals("string")
        && !SourceType.of(column).name().equals("JSON");
  }

  /**
   * A text's form.
   *
   * @throws IllegalArgumentException when the column holds no texts
   */
  public Test like(String pattern) {
    if (!isText()) {
      throw new IllegalArgumentException(
          "%s is %s, and LIKE is for texts".formatted(column.name(), column.type()));
    }
    Pattern regex = Pattern.compile(regexOf(pattern), Pattern.DOTALL);
    return (value, start) -> regex.matcher(FilterBytes.text(value, start)).matches();
  }

  private static String regexOf(String pattern) {
    var regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        regex.append(Pattern.quote(pattern.substring(i + 1, i + 2)));
        i++;
      } else {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }

  private Test text(Operator operator, Constant constant) {
    if (!isText()) {
      throw new IllegalArgumentException(incomparable());
    }
    if (operator.isOrder()) {
      throw new IllegalArgumentException(
          "%s is %s, and the order of texts is a matter of collation: compare it with =, <>, IN or LIKE"
              .formatted(column.name(), column.type()));
    }
    if (constant instanceof Constant.Text(String value)) {
      return asBytes(operator, value);
    }
    throw new IllegalArgumentException(
        "%s is %s: compare it with a text in single quotes, not with %s"
            .formatted(column.name(), column.type(), constant));
  }

  private Constant.Numeral number(Constant constant) {
    if (constant instanceof Constant.Numeral number) {
      return number;
    }
    throw new IllegalArgumentException(
        "%s is %s: compare it with a number without quotes, not with %s"
            .formatted(column.name(), column.type(), constant));
  }

  /** A date or time as MySQL writes those of the column. */
  private String time(Constant constant) {
    String text = constant instanceof Constant.Text(String value) ? value : "";
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches() || !isThere(matcher)) {
      throw new IllegalArgumentException(
          "%s is %s: compare it with a date or time such as '2026-03-01' or '2026-03-01 12:00:00', not with %s"
              .formatted(column.name(), column.type(), constant));
    }
    boolean isDate = SourceType.of(column).name().equals("DATE");
    String fraction = matcher.group(3) == null ? "" : matcher.group(3).replaceAll("0+$", "");
    int digits = isDate ? 0 : Dates.digits(column);
    if ((isDate && matcher.group(2) != null) || fraction.length() > digits) {
      throw new IllegalArgumentException(
          "%s is %s%s, and %s has more digits than its values"
              .formatted(
                  column.name(), column.type(), digits > 0 ? "(" + digits + ")" : "", constant));
    }
    if (isDate) {
      return matcher.group(1);
    }
    String ofDay = matcher.group(2) == null ? "00:00:00" : matcher.group(2);
    String point = digits == 0 ? "" : "." + fraction + "0".repeat(digits - fraction.length());
    return matcher.group(1) + " " + ofDay + point;
  }

  private static boolean isThere(Matcher matcher) {
    try {
      LocalDate.parse(matcher.group(1));
      if (matcher.group(2) != null) {
        LocalTime.parse(matcher.group(2));
      }
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private String incomparable() {
    return "%s is %s, which can't be compared: ask for IS NULL or IS NOT NULL, or use another column"
        .formatted(column.name(), column.type());
  }

  private static Test asNumber(Operator operator, FilterNumber number) {
    return (value, start) -> operator.holds(number.compare(value, start));
  }

  private static Test asFloat(Operator operator, float constant) {
    return (value, start) ->
        operator.holds(
            Float.compare(
                Float.intBitsToFloat((int) FilterBytes.littleEndian(value, start)) + 0f,
                constant + 0f));
  }

  private static Test asDouble(Operator operator, double constant) {
    return (value, start) ->
        operator.holds(
            Double.compare(
                Double.longBitsToDouble(FilterBytes.littleEndian(value, start)) + 0d,
                constant + 0d));
  }

  private static Test asBytes(Operator operator, String constant) {
    byte[] bytes = constant.getBytes(StandardCharsets.UTF_8);
    return (value, start) -> operator.holds(FilterBytes.compareText(value, start, bytes));
  }
}
