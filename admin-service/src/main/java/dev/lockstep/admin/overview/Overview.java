package dev.lockstep.admin.overview;

import dev.lockstep.admin.connectors.Connector;
import dev.lockstep.admin.connectors.Connectors;
import dev.lockstep.admin.status.StatusBoard;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every connector with what is wished and what was reported. */
@RestController
@RequestMapping(path = "/api/v1/connectors", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Lockstep")
class Overview {
  /**
   * The connectors.
   *
   * @param items one for each
   */
  @Schema(name = "ConnectorList")
  record Listing(List<ConnectorOverview> items) {}

  private final Connectors connectors;
  private final StatusBoard status;

  Overview(Connectors connectors, StatusBoard status) {
    this.connectors = connectors;
    this.status = status;
  }

  @GetMapping
  @Operation(summary = "All connectors: what is wished of each and what it does")
  @ApiResponse(responseCode = "200", description = "The connectors by name, without configs")
  Listing list() {
    return new Listing(connectors.list().stream().map(this::overview).toList());
  }

  @GetMapping("/{name}")
  @Operation(summary = "One connector: what is wished of it, what it does and how far it is")
  @ApiResponse(responseCode = "200", description = "The connector, without its config")
  @ApiResponse(
      responseCode = "404",
      description = "/problems/connector-not-found: there is none of that name",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
              schema = @Schema(implementation = ProblemDetail.class)))
  ConnectorOverview get(@PathVariable String name) {
    return overview(connectors.get(name));
  }

  private ConnectorOverview overview(Connector connector) {
    String name = connector.name();
    return ConnectorOverview.of(connector, status.connector(name), status.progress(name));
  }
}
