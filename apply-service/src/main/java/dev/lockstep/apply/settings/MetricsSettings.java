package dev.lockstep.apply.settings;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is measured: {@code lockstep.apply.metrics.*}.
 *
 * @param byTable whether each table has meters of its own; else each connector has
 */
@Validated
public record MetricsSettings(@DefaultValue("true") boolean byTable) {}
