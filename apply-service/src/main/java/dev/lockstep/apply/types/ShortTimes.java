package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;

/** The types of dates and times that begin in 1970, which a mapping can ask for. */
sealed interface ShortTimes extends TimeWriter {
  /**
   * Date.
   *
   * @param clamps whether a date beyond the range becomes the nearest in it
   */
  record Days(boolean clamps) implements ShortTimes {
    private static final long LAST = 0xffff;

    @Override
    public void put(RowBuffer out, long micros) {
      long day = Math.floorDiv(micros, TimeReader.MICROS_PER_DAY);
      ShortTimes.put(out, day, Short.BYTES, LAST, "Date, 1970-01-01 to 2149-06-06", clamps, micros);
    }

    @Override
    public void putEpoch(RowBuffer out) {
      out.putLittleEndian(0, Short.BYTES);
    }
  }

  /**
   * DateTime.
   *
   * @param clamps whether a time beyond the range becomes the nearest in it
   */
  record Seconds(boolean clamps) implements ShortTimes {
    private static final long LAST = 0xffff_ffffL;

    @Override
    public void put(RowBuffer out, long micros) {
      if (micros % TimeReader.MICROS_PER_SECOND != 0) {
        throw RecordFault.value(TimeWriter.shown(micros, 0), "has fractional digits");
      }
      long second = micros / TimeReader.MICROS_PER_SECOND;
      ShortTimes.put(
          out,
          second,
          Integer.BYTES,
          LAST,
          "DateTime, 1970 to 2106-02-07 06:28:15",
          clamps,
          micros);
    }

    @Override
    public void putEpoch(RowBuffer out) {
      out.putLittleEndian(0, Integer.BYTES);
    }
  }

  /** Writes a number of units since 1970. */
  private static void put(
      RowBuffer out, long value, int width, long last, String range, boolean clamps, long micros) {
    long nearest = Math.clamp(value, 0, last);
    if (nearest != value) {
      if (!clamps) {
        throw RecordFault.value(
            TimeWriter.shown(micros, 0),
            "is beyond "
                + range
                + ": set outOfRange to CLAMP for it in a mapping, or take another type");
      }
      out.markAltered();
    }
    out.putLittleEndian(nearest, width);
  }
}
