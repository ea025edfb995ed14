package dev.lockstep.apply.settings;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where a table stops rather than have its whole stream quarantined: {@code
 * lockstep.apply.quarantine.*}.
 *
 * @param window the time that is looked at
 * @param maxRecords the most records of a table in that time
 * @param maxShare the largest share of a table's records in that time, from {@code minRecords} on
 * @param minRecords so many records of a table may be quarantined whatever their share is
 */
@Validated
public record QuarantineSettings(
    @NotNull @DefaultValue("10m") Duration window,
    @Min(1) @DefaultValue("100000") long maxRecords,
    @DecimalMin("0") @DecimalMax("1") @DefaultValue("0.5") double maxShare,
    @Min(0) @DefaultValue("1000") long minRecords) {}
