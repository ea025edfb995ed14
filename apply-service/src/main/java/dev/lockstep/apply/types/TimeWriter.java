package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Writes dates and times in one form of the target. */
sealed interface TimeWriter permits TimeWriter.Days, TimeWriter.Ticks, TimeWriter.Text, ShortTimes {
  long FIRST_DAY = LocalDate.of(1900, 1, 1).toEpochDay();
  long LAST_DAY = LocalDate.of(2299, 12, 31).toEpochDay();
  long FIRST_MICRO = FIRST_DAY * TimeReader.MICROS_PER_DAY;
  long END_MICRO = (LAST_DAY + 1) * TimeReader.MICROS_PER_DAY;
  String WAY_OUT =
      ", 1900-01-01 to 2299-12-31: set outOfRange to CLAMP or STRING for it in a mapping";

  /** Writes a time of so many microseconds since 1970. */
  void put(RowBuffer out, long micros);

  /** Writes 1970, in the place of a date that the target does not have. */
  void putEpoch(RowBuffer out);

  /** Writes MySQL's text. */
  default void putText(RowBuffer out, String text) {
    throw new UnsupportedOperationException("not a text");
  }

  /** What divides microseconds into the units of so many fractional digits. */
  static long microsPerTick(int digits) {
    long micros = TimeReader.MICROS_PER_SECOND;
    for (int i = 0; i < digits; i++) {
      micros /= 10;
    }
    return micros;
  }

  private static RecordFault tooFine(long micros, int digits) {
    return RecordFault.value(
        shown(micros, digits), "has more than " + digits + " fractional digits");
  }

  /** As MySQL shows it in a column of so many fractional digits. */
  static Object shown(long micros, int digits) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(micros, TimeReader.MICROS_PER_SECOND),
            (int) Math.floorMod(micros, TimeReader.MICROS_PER_SECOND) * 1000,
            ZoneOffset.UTC);
    return time.format(
        new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, Math.max(digits, 0), 9, true)
            .toFormatter(Locale.ROOT));
  }

  /**
   * Date32.
   *
   * @param clamps whether a date beyond the range becomes the nearest in it
   */
  record Days(boolean clamps) implements TimeWriter {
    @Override
    public void put(RowBuffer out, long micros) {
      long day = Math.floorDiv(micros, TimeReader.MICROS_PER_DAY);
      long nearest = Math.clamp(day, FIRST_DAY, LAST_DAY);
      if (nearest != day) {
        if (!clamps) {
          throw RecordFault.value(LocalDate.ofEpochDay(day), "is beyond Date32" + WAY_OUT);
        }
        out.markAltered();
      }
      out.putLittleEndian(nearest, Integer.BYTES);
    }

    @Override
    public void putEpoch(RowBuffer out) {
      out.putLittleEndian(0, Integer.BYTES);
    }
  }

  /**
   * DateTime64.
   *
   * @param digits the fractional digits
   * @param microsPerTick the microseconds of its unit
   * @param clamps whether a time beyond the range becomes the nearest in it
   */
  record Ticks(int digits, long microsPerTick, boolean clamps) implements TimeWriter {
    Ticks(int digits, boolean clamps) {
      this(digits, TimeWriter.microsPerTick(digits), clamps);
    }

    @Override
    public void put(RowBuffer out, long micros) {
      if (micros % microsPerTick != 0) {
        throw tooFine(micros, digits);
      }
      long nearest = Math.clamp(micros, FIRST_MICRO, END_MICRO - microsPerTick);
      if (nearest != micros) {
        if (!clamps) {
          throw RecordFault.value(shown(micros, digits), "is beyond DateTime64" + WAY_OUT);
        }
        out.markAltered();
      }
      out.putLittleEndian(nearest / microsPerTick, Long.BYTES);
    }

    @Override
    public void putEpoch(RowBuffer out) {
      out.putLittleEndian(0, Long.BYTES);
    }
  }

  /**
   * MySQL's own text.
   *
   * @param digits the fractional digits; negative for a date without a time
   */
  record Text(int digits) implements TimeWriter {
    private static final int DATE = 10;
    private static final int DATE_AND_TIME = 19;
    private static final int LAST_YEAR = 9999;

    @Override
    public void put(RowBuffer out, long micros) {
      long date = Calendar.date(Math.floorDiv(micros, TimeReader.MICROS_PER_DAY));
      if (date < 0 || date / 10_000 > LAST_YEAR) {
        throw RecordFault.value(shown(micros, digits), "is beyond MySQL's dates");
      }
      out.putVarInt(digits < 0 ? DATE : digits == 0 ? DATE_AND_TIME : DATE_AND_TIME + 1 + digits);
      out.putDigits(date / 10_000, 4);
      putPair(out, '-', date / 100 % 100);
      putPair(out, '-', date % 100);
      if (digits >= 0) {
        putTime(out, micros);
      }
    }

    private void putTime(RowBuffer out, long micros) {
      long ofDay = Math.floorMod(micros, TimeReader.MICROS_PER_DAY);
      long second = ofDay / TimeReader.MICROS_PER_SECOND;
      putPair(out, ' ', second / 3600);
      putPair(out, ':', second / 60 % 60);
      putPair(out, ':', second % 60);
      long fraction = ofDay % TimeReader.MICROS_PER_SECOND;
      long microsPerTick = TimeWriter.microsPerTick(digits);
      if (fraction % microsPerTick != 0) {
        throw tooFine(micros, digits);
      }
      if (digits > 0) {
        out.putByte('.');
        out.putDigits(fraction / microsPerTick, digits);
      }
    }

    private static void putPair(RowBuffer out, char before, long number) {
      out.putByte(before);
      out.putDigits(number, 2);
    }

    @Override
    public void putEpoch(RowBuffer out) {
      put(out, 0);
    }

    @Override
    public void putText(RowBuffer out, String text) {
      out.putText(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
