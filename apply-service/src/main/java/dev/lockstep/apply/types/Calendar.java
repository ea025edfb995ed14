package dev.lockstep.apply.types;

/** Days of the proleptic Gregorian calendar, reckoned without an object for each date. */
final class Calendar {
  private static final long DAYS_OF_400_YEARS = 146_097;
  private static final int DAYS_OF_100_YEARS = 36_524;
  private static final int DAYS_OF_4_YEARS = 1_461;
  private static final int DAYS_OF_A_YEAR = 365;

  /** From 0000-03-01, where the reckoned years begin, to 1970-01-01. */
  private static final long FIRST_OF_MARCH = 719_468;

  private Calendar() {}

  static boolean isDate(int year, int month, int day) {
    return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
  }

  private static int daysOf(int year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** The days since 1970 of a date. Years begin in March here, so that a leap day is a last day. */
  static long day(int year, int month, int day) {
    int years = month > 2 ? year : year - 1;
    long era = Math.floorDiv(years, 400);
    int ofEra = Math.floorMod(years, 400);
    int ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int days = ofEra * DAYS_OF_A_YEAR + ofEra / 4 - ofEra / 100 + ofYear;
    return era * DAYS_OF_400_YEARS + days - FIRST_OF_MARCH;
  }

  /** The date as the number {@code year * 10000 + month * 100 + day}. */
  static long date(long epochDay) {
    long days = epochDay + FIRST_OF_MARCH;
    long era = Math.floorDiv(days, DAYS_OF_400_YEARS);
    int ofEra = (int) Math.floorMod(days, DAYS_OF_400_YEARS);
    int leapDays = ofEra / (DAYS_OF_4_YEARS - 1) - ofEra / DAYS_OF_100_YEARS;
    int years = (ofEra - leapDays + ofEra / (int) (DAYS_OF_400_YEARS - 1)) / DAYS_OF_A_YEAR;
    int ofYear = ofEra - (DAYS_OF_A_YEAR * years + years / 4 - years / 100);
    int months = (5 * ofYear + 2) / 153;
    int day = ofYear - (153 * months + 2) / 5 + 1;
    int month = months < 10 ? months + 3 : months - 9;
    long year = era * 400 + years + (month <= 2 ? 1 : 0);
    return year * 10_000 + month * 100L + day;
  }
}
