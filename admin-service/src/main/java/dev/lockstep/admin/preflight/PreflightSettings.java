package dev.lockstep.admin.preflight;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How capture-service is asked.
 *
 * @param timeout how long its answer is waited for
 */
@Validated
@ConfigurationProperties("lockstep.admin.preflight")
public record PreflightSettings(
    @NotNull
        @DurationMin(seconds = 1, message = "lockstep.admin.preflight.timeout must be at least 1s")
        @DurationMax(minutes = 5, message = "lockstep.admin.preflight.timeout must be at most 5m")
        @DefaultValue("20s")
        Duration timeout) {}
