package dev.lockstep.admin.problems;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Kafka Connect's error body.
 *
 * @param errorCode the HTTP status
 * @param message what is wrong and the way out
 */
@Schema(description = "Kafka Connect's error body")
public record ErrorMessage(
    @Schema(description = "The HTTP status", example = "404") @JsonProperty("error_code")
        int errorCode,
    @Schema(
            description = "What is wrong and the way out",
            example = "Connector inventory-connector not found")
        String message) {}
