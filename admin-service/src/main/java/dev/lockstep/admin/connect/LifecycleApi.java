package dev.lockstep.admin.connect;

import dev.lockstep.admin.problems.ErrorMessage;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Kafka Connect's calls that pause, resume, stop and restart a connector. */
@RequestMapping(path = "/connectors/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = ConnectApi.TAG)
@ApiResponse(
    responseCode = "404",
    description = "No connector of that name, or no such task",
    content = @Content(schema = @Schema(implementation = ErrorMessage.class)))
interface LifecycleApi {
  String WISHED =
      "The wish is stored and survives restarts; the status tells when it is fulfilled. Nothing"
          + " happens when it is so already.";

  @PutMapping("/pause")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Pause a connector: it keeps its place and waits", description = WISHED)
  @ApiResponse(responseCode = "202", description = "It will be paused")
  void pause(@PathVariable String name);

  @PutMapping("/resume")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Let a paused or stopped connector go on where it was", description = WISHED)
  @ApiResponse(responseCode = "202", description = "It will go on")
  void resume(@PathVariable String name);

  @PutMapping("/stop")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Stop a connector: it keeps its place", description = WISHED)
  @ApiResponse(responseCode = "204", description = "It will be stopped")
  void stop(@PathVariable String name);

  @PostMapping("/restart")
  @Operation(
      summary = "Restart a connector from its committed place, also one that failed",
      description = "A connector that is paused or stopped stays so.")
  @ApiResponse(responseCode = "202", description = "With a parameter: its state at this moment")
  @ApiResponse(
      responseCode = "204",
      description = "Without a parameter: it will be restarted",
      content = @Content)
  ResponseEntity<ConnectorState> restart(
      @PathVariable String name,
      @Parameter(description = "Changes the answer only: a connector has one task and is one")
          @RequestParam(defaultValue = "false")
          boolean includeTasks,
      @Parameter(description = "Only when it has failed") @RequestParam(defaultValue = "false")
          boolean onlyFailed);

  @GetMapping("/tasks")
  @Operation(summary = "A connector's task, once capture-service runs it")
  @ApiResponse(responseCode = "200", description = "None or one, with the config, secrets masked")
  List<TaskInfo> tasks(@PathVariable String name);

  @GetMapping("/tasks/{task}/status")
  @Operation(summary = "What a connector's task is doing")
  @ApiResponse(responseCode = "200", description = "Its state")
  ConnectorState.Task taskStatus(
      @PathVariable String name, @Parameter(description = "Always 0") @PathVariable int task);

  @PostMapping("/tasks/{task}/restart")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Restart a connector's task, which is to restart the connector")
  @ApiResponse(responseCode = "204", description = "It will be restarted")
  void restartTask(
      @PathVariable String name, @Parameter(description = "Always 0") @PathVariable int task);
}
