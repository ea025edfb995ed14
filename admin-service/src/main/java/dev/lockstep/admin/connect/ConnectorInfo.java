package dev.lockstep.admin.connect;

import dev.lockstep.admin.connectors.Connector;
import dev.lockstep.admin.secrets.Secrets;
import dev.lockstep.common.control.ConnectorStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connector as Kafka Connect shows it.
 *
 * @param name its name
 * @param config its config, every secret masked
 * @param tasks its task once capture-service runs it
 * @param type always source
 */
@Schema(description = "A connector")
record ConnectorInfo(
    @Schema(example = "inventory-connector") String name,
    @Schema(description = "The config; secrets are shown as ********") Map<String, String> config,
    @Schema(description = "Task 0 once capture-service runs the connector") List<Task> tasks,
    @Schema(example = "source") String type) {

  /**
   * A task's name.
   *
   * @param connector the connector
   * @param task its number, always 0
   */
  @Schema(name = "ConnectorTask")
  record Task(
      @Schema(example = "inventory-connector") String connector, @Schema(example = "0") int task) {}

  static ConnectorInfo of(Connector connector, Optional<ConnectorStatus> reported) {
    boolean runs =
        reported.filter(status -> status.state() != ConnectorStatus.State.STOPPED).isPresent();
    return new ConnectorInfo(
        connector.name(),
        Secrets.mask(connector.config()),
        runs ? List.of(new Task(connector.name(), 0)) : List.of(),
        "source");
  }
}
