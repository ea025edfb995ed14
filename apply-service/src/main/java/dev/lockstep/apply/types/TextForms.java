package dev.lockstep.apply.types;

import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.mapping.TypeOptions.OutOfRange;
import dev.lockstep.common.schema.Column;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values as the texts that MySQL shows: exactly one for each value. Types of which MySQL shows
 * another text than is sent, such as floating point numbers, have none.
 */
final class TextForms {
  private static final Pattern WHOLE = Pattern.compile("(U?)Int(8|16|32|64)");
  private static final Pattern DECIMAL = Pattern.compile("Decimal\\(\\d+, (\\d+)\\)");
  private static final Set<String> TIMES = Set.of("DATE", "DATETIME", "TIMESTAMP");

  /** Their numbers are not what MySQL shows. */
  private static final Set<String> NO_NUMBERS = Set.of("TIME", "BIT");

  private TextForms() {}

  /** Whether dates and times are meant, whose options make a text of them. */
  static boolean isTime(SourceType source) {
    return TIMES.contains(source.name());
  }

  /** The options by which dates and times become texts. */
  static TypeOptions asText(TypeOptions options) {
    return new TypeOptions(
        null, OutOfRange.STRING, null, null, null, null, null, null, options.codec());
  }

  /**
   * The text of what a type writes.
   *
   * @param type a column's type, of {@link #asText} for dates and times
   */
  static Optional<TargetType> of(Column column, SourceType source, TargetType type) {
    if (type.form() == TargetType.Form.WHOLE || NO_NUMBERS.contains(source.name())) {
      return Optional.empty();
    }
    if (type.name().equals("String")) {
      return Optional.of(new TargetType("String", type.encoder()));
    }
    Matcher whole = WHOLE.matcher(type.name());
    if (whole.matches()) {
      boolean isYear = source.name().equals("YEAR");
      return Optional.of(ofNumber(type, 0, !whole.group(1).isEmpty(), isYear ? 4 : 1));
    }
    Matcher decimal = DECIMAL.matcher(type.name());
    return decimal.matches()
        ? Optional.of(ofNumber(type, Integer.parseInt(decimal.group(1)), false, 1))
        : Optional.empty();
  }

  private static TargetType ofNumber(
      TargetType type, int scale, boolean unsigned, int leastDigits) {
    return new TargetType(
        "String",
        (json, out) -> {
          int start = out.size();
          type.encoder().encode(json, out);
          var number = new BigDecimal(FilterBytes.number(out, start, unsigned), scale);
          out.truncate(start);
          String text = number.toPlainString();
          String zeros = "0".repeat(Math.max(0, leastDigits - text.length()));
          out.putText((zeros + text).getBytes(StandardCharsets.US_ASCII));
        });
  }
}
