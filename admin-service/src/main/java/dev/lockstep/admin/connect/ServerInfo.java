package dev.lockstep.admin.connect;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What answers here.
 *
 * @param version the Kafka version whose REST calls these are
 * @param commit that version's commit
 * @param kafkaClusterId Kafka's cluster id, or null before Kafka was reached
 */
@Schema(description = "What answers here")
record ServerInfo(
    @Schema(description = "The Kafka version whose calls these are", example = "4.3.1")
        String version,
    @Schema(example = "6e76c1c1e0bc0b4a") String commit,
    @Schema(description = "null before Kafka was reached", example = "MkU3OEVBNTcwNTJENDM2Qg")
        @JsonProperty("kafka_cluster_id")
        @Nullable String kafkaClusterId) {}
