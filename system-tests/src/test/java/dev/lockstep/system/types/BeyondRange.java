package dev.lockstep.system.types;

import java.util.List;

/**
 * A date or time that ClickHouse does not have, alone in its row.
 *
 * @param column its column
 * @param value MySQL's text of it
 * @param clamped the nearest that ClickHouse has; the value itself for a zero date, which has none
 */
record BeyondRange(String column, String value, String clamped) {
  /** Columns of every type with such values. */
  static final String COLUMNS =
      "id INT PRIMARY KEY, d DATE, dt DATETIME, dt3 DATETIME(3), dt6 DATETIME(6), ts TIMESTAMP(6) NULL";

  private static final List<BeyondRange> FAR =
      List.of(
          new BeyondRange("d", "1899-12-31", "1900-01-01"),
          new BeyondRange("d", "2300-01-01", "2299-12-31"),
          new BeyondRange("d", "0001-01-01", "1900-01-01"),
          new BeyondRange("d", "9999-12-31", "2299-12-31"),
          new BeyondRange("dt", "1899-12-31 23:59:59", "1900-01-01 00:00:00"),
          new BeyondRange("dt", "9999-12-31 23:59:59", "2299-12-31 23:59:59"),
          new BeyondRange("dt3", "2300-01-01 00:00:00.000", "2299-12-31 23:59:59.999"),
          new BeyondRange("dt3", "0050-01-01 01:02:03.004", "1900-01-01 00:00:00.000"),
          new BeyondRange("dt6", "1000-01-01 00:00:00.000001", "1900-01-01 00:00:00.000000"),
          new BeyondRange("dt6", "9999-12-31 23:59:59.999999", "2299-12-31 23:59:59.999999"));

  private static final List<BeyondRange> ZERO =
      List.of(
          zero("d", "0000-00-00"),
          zero("d", "2024-05-00"),
          zero("d", "2024-00-10"),
          zero("d", "2024-02-31"),
          zero("dt", "0000-00-00 00:00:00"),
          zero("dt", "2024-00-00 01:02:03"),
          zero("dt3", "0000-05-01 01:02:03.500"),
          zero("dt6", "2024-05-00 23:59:59.000001"),
          zero("ts", "0000-00-00 00:00:00.000000"));

  private static BeyondRange zero(String column, String value) {
    return new BeyondRange(column, value, value);
  }

  /** Before 1900 or after 2299. */
  static List<BeyondRange> far() {
    return FAR;
  }

  /** With a zero in year, month or day, or a day that its month does not have. */
  static List<BeyondRange> zero() {
    return ZERO;
  }
}
