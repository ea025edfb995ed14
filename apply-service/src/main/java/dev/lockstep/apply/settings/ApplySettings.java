package dev.lockstep.apply.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The properties {@code lockstep.apply.*}.
 *
 * @param clickhouse the target
 * @param consumerGroup the group whose committed offsets say how far each topic has been applied
 * @param concurrency how many threads read and apply; partitions are shared among them
 * @param maxBatchRecords the most records of one poll
 * @param maxBatchBytes the most bytes of one fetch from a broker
 * @param flush when rows are inserted
 * @param maxBufferedBytes the memory that records and rows on their way may take
 * @param concurrentInserts how many inserts each reading thread has under way at a time
 * @param quarantine how much may go to the dead letters before a table stops
 * @param retryLimit the longest pause between two tries of what passes by itself
 * @param failedRetryInterval how often a table that failed is tried again
 * @param statusInterval how often changed state is published
 * @param metrics what is measured
 * @param salts the secret salts of masks, by the names that mappings have for them
 */
@Validated
@ConfigurationProperties("lockstep.apply")
public record ApplySettings(
    @Valid @NotNull @DefaultValue ClickHouseSettings clickhouse,
    @NotBlank @DefaultValue("lockstep-apply") String consumerGroup,
    @Min(1) @Max(64) @DefaultValue("1") int concurrency,
    @Min(1) @DefaultValue("5000") int maxBatchRecords,
    @NotNull @DefaultValue("32MB") DataSize maxBatchBytes,
    @Valid @NotNull @DefaultValue FlushSettings flush,
    @NotNull @DefaultValue("96MB") DataSize maxBufferedBytes,
    @Min(1) @Max(64) @DefaultValue("4") int concurrentInserts,
    @Valid @NotNull @DefaultValue QuarantineSettings quarantine,
    @NotNull @DefaultValue("2s") Duration retryLimit,
    @NotNull @DefaultValue("3s") Duration failedRetryInterval,
    @NotNull @DefaultValue("1s") Duration statusInterval,
    @Valid @NotNull @DefaultValue MetricsSettings metrics,
    @NotNull @DefaultValue Map<String, String> salts) {
  /** Copies the map. */
  public ApplySettings {
    salts = Map.copyOf(salts);
  }

  /** Without salts and passwords. */
  @Override
  public String toString() {
    return "ApplySettings[consumerGroup=" + consumerGroup + ", salts=" + salts.keySet() + "]";
  }
}
