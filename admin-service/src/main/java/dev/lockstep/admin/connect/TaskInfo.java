package dev.lockstep.admin.connect;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/**
 * A task with its config, as Kafka Connect shows it.
 *
 * @param id the task
 * @param config the connector's config, every secret masked
 */
@Schema(description = "A connector's task")
record TaskInfo(
    ConnectorInfo.Task id,
    @Schema(description = "The connector's config; secrets are shown as ********")
        Map<String, String> config) {}
