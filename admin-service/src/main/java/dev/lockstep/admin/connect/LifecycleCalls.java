package dev.lockstep.admin.connect;

import dev.lockstep.admin.connectors.Connector;
import dev.lockstep.admin.connectors.Connectors;
import dev.lockstep.admin.problems.ProblemException;
import dev.lockstep.admin.problems.ProblemType;
import dev.lockstep.admin.status.StatusBoard;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.DesiredState;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/** Changes what a connector shall do; {@link LifecycleApi} documents the calls. */
@RestController
class LifecycleCalls implements LifecycleApi {
  private final Connectors connectors;
  private final StatusBoard status;

  LifecycleCalls(Connectors connectors, StatusBoard status) {
    this.connectors = connectors;
    this.status = status;
  }

  @Override
  public void pause(String name) {
    connectors.want(name, DesiredState.PAUSED);
  }

  @Override
  public void resume(String name) {
    connectors.want(name, DesiredState.RUNNING);
  }

  @Override
  public void stop(String name) {
    connectors.want(name, DesiredState.STOPPED);
  }

  @Override
  public ResponseEntity<ConnectorState> restart(
      String name, boolean includeTasks, boolean onlyFailed) {
    if (!onlyFailed || hasFailed(connectors.get(name))) {
      connectors.restart(name);
    }
    return includeTasks || onlyFailed
        ? ResponseEntity.accepted().body(state(name))
        : ResponseEntity.noContent().build();
  }

  private boolean hasFailed(Connector connector) {
    return status
        .connector(connector.name())
        .filter(reported -> reported.generation() >= connector.generation())
        .map(ConnectorStatus::state)
        .filter(ConnectorStatus.State.FAILED::equals)
        .isPresent();
  }

  @Override
  public List<TaskInfo> tasks(String name) {
    ConnectorInfo info = info(name);
    return info.tasks().stream().map(task -> new TaskInfo(task, info.config())).toList();
  }

  @Override
  public ConnectorState.Task taskStatus(String name, int task) {
    return state(name).tasks().stream()
        .filter(known -> known.id() == task)
        .findFirst()
        .orElseThrow(() -> noTask(name, task));
  }

  @Override
  public void restartTask(String name, int task) {
    if (info(name).tasks().stream().noneMatch(known -> known.task() == task)) {
      throw noTask(name, task);
    }
    connectors.restart(name);
  }

  private ConnectorInfo info(String name) {
    return ConnectorInfo.of(connectors.get(name), status.known(name));
  }

  private ConnectorState state(String name) {
    return ConnectorState.of(connectors.get(name), status.connector(name));
  }

  private static ProblemException noTask(String name, int task) {
    return new ProblemException(
        ProblemType.TASK_NOT_FOUND,
        "No status found for task "
            + name
            + "-"
            + task
            + ". A connector has task 0 once capture-service runs it, and none while it is"
            + " stopped.");
  }
}
