package dev.lockstep.system.types;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Dates and times within ClickHouse's range; the zones' gaps and overlaps are among them. */
final class TimeCases {
  /** Wall-clock times that do not exist, or exist twice, in one of the stack's zones. */
  private static final List<String> LOCAL =
      List.of(
          "2024-03-10 02:30:00", // New York, gap
          "2024-11-03 01:30:00", // New York, overlap
          "2024-10-06 02:15:00", // Lord Howe, gap
          "2024-04-07 01:45:00", // Lord Howe, overlap
          "2024-03-31 02:30:00", // Berlin, gap
          "2024-10-27 02:30:00", // Berlin, overlap
          "1893-04-01 00:03:00"); // Berlin before its first offset of whole minutes; beyond range

  /** Instants on both sides of each of these jumps, with their offset. */
  private static final List<String> INSTANTS =
      List.of(
          "2024-03-10 06:59:59",
          "2024-03-10 07:00:00",
          "2024-11-03 05:30:00",
          "2024-11-03 06:30:00",
          "2024-10-05 15:29:59",
          "2024-10-05 15:30:00",
          "2024-04-06 14:45:00",
          "2024-04-06 15:15:00",
          "2024-03-31 00:59:59",
          "2024-03-31 01:00:00",
          "2024-10-27 00:30:00",
          "2024-10-27 01:30:00");

  private TimeCases() {}

  static Stream<TypeCase> all() {
    List<TypeCase> cases = new ArrayList<>();
    cases.add(
        TypeCase.of(
            "DATE",
            Form.TEMPORAL,
            "'1900-01-01'",
            "'2299-12-31'",
            "'1970-01-01'",
            "'1969-12-31'",
            "'2024-02-29'",
            "'2024-03-31'"));
    for (int digits = 0; digits <= 6; digits++) {
      cases.add(datetime(digits));
      cases.add(timestamp(digits));
      cases.add(time(digits));
    }
    cases.add(TypeCase.of("YEAR", Form.INTEGER, "1901", "2155", "0", "2000", "1970"));
    return cases.stream();
  }

  private static TypeCase datetime(int digits) {
    List<String> values = new ArrayList<>();
    for (String value :
        List.of(
            "1900-01-01 00:00:00",
            "2299-12-31 23:59:59",
            "1970-01-01 00:00:00",
            "1969-12-31 23:59:59")) {
      values.add("'" + value + "'");
      values.add("'" + value + nines(digits) + "'");
    }
    LOCAL.stream()
        .filter(local -> local.compareTo("1900") > 0)
        .forEach(local -> values.add("'" + local + some(digits) + "'"));
    return new TypeCase(type("DATETIME", digits), Form.TEMPORAL, values);
  }

  private static TypeCase timestamp(int digits) {
    List<String> values = new ArrayList<>();
    values.add("'1970-01-01 00:00:01+00:00'");
    values.add("'2038-01-19 03:14:07" + (digits == 0 ? "" : ".4") + "+00:00'");
    values.add("'2038-01-19 03:14:06" + nines(digits) + "+00:00'");
    INSTANTS.forEach(instant -> values.add("'" + instant + some(digits) + "+00:00'"));
    values.add("'2024-04-07 01:45:00'"); // in the writer's own overlap
    values.add("'2024-07-01 12:00:00'");
    return new TypeCase(type("TIMESTAMP", digits), Form.TEMPORAL, values);
  }

  private static TypeCase time(int digits) {
    List<String> values = new ArrayList<>();
    for (String value :
        List.of(
            "838:59:58",
            "-838:59:58",
            "00:00:00",
            "-01:02:03",
            "24:00:00",
            "99:59:59",
            "100:00:00")) {
      values.add("'" + value + nines(digits) + "'");
    }
    values.addAll(List.of("'838:59:59'", "'-838:59:59'", "'00:00:00'", "'-00:00:01'"));
    if (digits > 0) {
      values.add("'-00:00:00." + "0".repeat(digits - 1) + "1'");
    }
    return new TypeCase(type("TIME", digits), Form.TEMPORAL, values);
  }

  private static String type(String name, int digits) {
    return digits == 0 ? name : name + "(" + digits + ")";
  }

  private static String nines(int digits) {
    return digits == 0 ? "" : "." + "9".repeat(digits);
  }

  private static String some(int digits) {
    return digits == 0 ? "" : "." + "102030".substring(0, digits);
  }
}
