package dev.lockstep.apply.tables;

import dev.lockstep.apply.types.TargetColumn;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of a column's comment, from which it is known what form its values have where the type
 * does not say it. Values without a form are as the source has them, and have no mark.
 */
final class FormMark {
  private static final Pattern MARK =
      Pattern.compile("(?s).*\\(kept by Lockstep as ([A-Z0-9]+(?: [a-z0-9]+)?)\\)");
  static final String PLAIN = "RAW";

  private FormMark() {}

  /** The source's comment, and the mark behind it. */
  static String comment(TargetColumn column) {
    String own = column.comment() == null ? "" : column.comment();
    return column.form() == null ? own : own + (own.isEmpty() ? "" : " ") + of(column.form());
  }

  static String of(String form) {
    return "(kept by Lockstep as " + form + ")";
  }

  /** The form that a column has by its comment. */
  static String formBy(String comment) {
    Matcher matcher = MARK.matcher(comment);
    return matcher.matches() ? matcher.group(1) : PLAIN;
  }

  /** The form that a column shall have. */
  static String wanted(TargetColumn column) {
    return Optional.ofNullable(column.form()).orElse(PLAIN);
  }
}
