package dev.lockstep.admin.overview;

import dev.lockstep.admin.connectors.Connector;
import dev.lockstep.common.control.ConnectorProgress;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.DesiredState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connector at a glance, without its config.
 *
 * @param name its name
 * @param desiredState what it shall do
 * @param state what it does, or null before the first report
 * @param owner the replica of capture-service that reported
 * @param reason why it is in that state and the way out
 * @param generation the config's generation as it is wished
 * @param reportedGeneration the generation that the report is about
 * @param since when the state was entered
 * @param progress how far it is, or null before it was measured
 */
@Schema(description = "A connector at a glance, without its config")
record ConnectorOverview(
    @Schema(example = "inventory-connector") String name,
    DesiredState desiredState,
    @Schema(description = "null before the first report") ConnectorStatus.@Nullable State state,
    @Schema(description = "The replica of capture-service", example = "10.0.0.7:8081")
        @Nullable String owner,
    @Schema(description = "Why it waits or failed, and the way out; null when all is well")
        @Nullable String reason,
    @Schema(description = "Rises with each change of the connector") long generation,
    @Schema(
            description =
                "The generation that the report is about; a smaller one than generation means that"
                    + " capture-service has not taken up the latest change yet")
        @Nullable Long reportedGeneration,
    @Schema(description = "When the state was entered") @Nullable Instant since,
    @Schema(
            description =
                "How far the connector is and how fast, as its owner measured it while it ran, at"
                    + " the time that stands in it; null before the first run")
        @Nullable ConnectorProgress progress) {

  static ConnectorOverview of(
      Connector connector,
      Optional<ConnectorStatus> reported,
      Optional<ConnectorProgress> progress) {
    ConnectorStatus status = reported.orElse(null);
    return new ConnectorOverview(
        connector.name(),
        connector.desiredState(),
        status == null ? null : status.state(),
        status == null ? null : status.owner(),
        status == null ? null : status.reason(),
        connector.generation(),
        status == null ? null : status.generation(),
        status == null ? null : status.at(),
        progress.orElse(null));
  }
}
