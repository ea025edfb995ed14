package dev.lockstep.admin.connect;

import dev.lockstep.admin.connectors.Connectors;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tries a config on its source, with nothing stored. */
@RestController
@Tag(name = "Lockstep")
class ValidationCalls {
  private final Connectors connectors;

  ValidationCalls(Connectors connectors) {
    this.connectors = connectors;
  }

  /**
   * What was found.
   *
   * @param valid whether a connector of this config would be accepted
   * @param findings errors, which refuse it, and warnings, which don't
   */
  @Schema(name = "ConnectorValidation")
  record Report(
      @Schema(description = "Whether the connector would be accepted") boolean valid,
      List<Finding> findings) {}

  @PostMapping(
      path = "/api/v1/connectors/validate",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Try a connector's config: keys, source, privileges, tables; nothing is stored",
      description =
          "Takes what POST /connectors takes. With the name of a connector that exists, a value of"
              + " ******** stands for the secret that it has.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(implementation = ConnectorRequest.class),
                      examples =
                          @ExampleObject(
                              name = "Debezium's tutorial",
                              value = Examples.CONNECTOR))))
  @ApiResponse(responseCode = "200", description = "What was found, errors and warnings")
  @ApiResponse(responseCode = "400", description = "/problems/malformed-request: not such JSON")
  @ApiResponse(responseCode = "503", description = "/problems/capture-unavailable: nobody answered")
  Report validate(
      @Parameter(hidden = true)
          @org.springframework.web.bind.annotation.RequestBody(required = false)
          byte @Nullable [] body) {
    ConnectorRequest request = RequestJson.connector(body);
    NameInConfig.requireSame(request.name(), request.config());
    List<Finding> findings = connectors.validate(request.name(), request.config());
    return new Report(
        findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR), findings);
  }
}
