package dev.lockstep.admin.connect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lockstep.admin.connectors.Connector;
import dev.lockstep.common.control.ConnectorStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a connector is doing, as Kafka Connect shows it.
 *
 * @param name its name
 * @param connector the connector's own state
 * @param tasks its task's state
 * @param type always source
 */
@Schema(
    description =
        "What a connector is doing. UNASSIGNED: no replica of capture-service has reported on the"
            + " latest config yet, or the engine is starting. A connector that failed by something"
            + " that passes, and is tried again by itself, is RUNNING with its task RESTARTING; one"
            + " that needs the operator is FAILED. In both cases the trace says why.")
record ConnectorState(
    @Schema(example = "inventory-connector") String name,
    Own connector,
    List<Task> tasks,
    @Schema(example = "source") String type) {

  /** Kafka Connect's states. */
  enum State {
    UNASSIGNED,
    RUNNING,
    PAUSED,
    STOPPED,
    FAILED,
    RESTARTING,
    DESTROYED
  }

  /**
   * The connector's own state.
   *
   * @param state the state
   * @param workerId the replica of capture-service, empty when there is none
   * @param trace why it failed and the way out
   */
  @Schema(name = "ConnectorOwnState")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Own(
      State state,
      @Schema(example = "10.0.0.7:8081") @JsonProperty("worker_id") String workerId,
      @Nullable String trace) {}

  /**
   * The state of its one task.
   *
   * @param id always 0
   * @param state the state
   * @param workerId the replica of capture-service
   * @param trace why it failed or waits and the way out
   */
  @Schema(name = "ConnectorTaskState")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Task(
      @Schema(example = "0") int id,
      State state,
      @Schema(example = "10.0.0.7:8081") @JsonProperty("worker_id") String workerId,
      @Nullable String trace) {}

  /** A report about an earlier generation is not one about this connector as it is wished now. */
  static ConnectorState of(Connector connector, Optional<ConnectorStatus> reported) {
    return reported
        .filter(status -> status.generation() >= connector.generation())
        .map(status -> reported(connector.name(), status))
        .orElseGet(() -> new ConnectorState(connector.name(), unassigned(), List.of(), "source"));
  }

  private static Own unassigned() {
    return new Own(State.UNASSIGNED, "", null);
  }

  private static ConnectorState reported(String name, ConnectorStatus status) {
    return switch (status.state()) {
      case STARTING -> of(name, status, State.UNASSIGNED, State.UNASSIGNED);
      case RUNNING -> of(name, status, State.RUNNING, State.RUNNING);
      case RETRYING -> of(name, status, State.RUNNING, State.RESTARTING);
      case PAUSED -> of(name, status, State.PAUSED, State.PAUSED);
      case FAILED -> of(name, status, State.FAILED, State.FAILED);
      case DELETING, DELETED ->
          new ConnectorState(
              name, new Own(State.DESTROYED, status.owner(), status.reason()), List.of(), "source");
      case STOPPED ->
          new ConnectorState(
              name, new Own(State.STOPPED, status.owner(), null), List.of(), "source");
    };
  }

  private static ConnectorState of(String name, ConnectorStatus status, State own, State task) {
    String owner = status.owner();
    String trace = status.reason();
    return new ConnectorState(
        name,
        new Own(own, owner, own == State.FAILED ? trace : null),
        List.of(new Task(0, task, owner, trace)),
        "source");
  }
}
