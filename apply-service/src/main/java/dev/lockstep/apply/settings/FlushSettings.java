package dev.lockstep.apply.settings;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * When the rows of a table are inserted, whichever comes first: {@code lockstep.apply.flush.*}.
 *
 * @param rows so many rows wait
 * @param bytes they take so much memory
 * @param delay the first of them has waited so long; after a rest, rows don't wait at all
 * @param maxDelay the longest that they wait where many tables have rows, so that ClickHouse does
 *     not get more inserts than it takes with ease
 */
@Validated
public record FlushSettings(
    @Min(1) @DefaultValue("100000") int rows,
    @NotNull @DefaultValue("64MB") DataSize bytes,
    @NotNull @DefaultValue("200ms") Duration delay,
    @NotNull @DefaultValue("2s") Duration maxDelay) {
  /** The rule between two of them. */
  @AssertTrue(message = "max-delay must not be shorter than delay")
  boolean isInOrder() {
    return maxDelay.compareTo(delay) >= 0;
  }
}
