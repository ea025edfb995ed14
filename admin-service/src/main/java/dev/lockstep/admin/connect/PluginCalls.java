package dev.lockstep.admin.connect;

import dev.lockstep.admin.connectors.Connectors;
import dev.lockstep.admin.problems.ErrorMessage;
import dev.lockstep.admin.problems.ProblemException;
import dev.lockstep.admin.problems.ProblemType;
import dev.lockstep.admin.secrets.Secrets;
import dev.lockstep.common.preflight.PreflightReport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Kafka Connect's call that tries a config, with nothing stored. */
@RestController
@Tag(name = ConnectApi.TAG)
class PluginCalls {
  private static final String CONNECTOR_CLASS = "connector.class";

  private final Connectors connectors;

  PluginCalls(Connectors connectors) {
    this.connectors = connectors;
  }

  @PutMapping(
      path = "/connector-plugins/{plugin}/config/validate",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Try a connector's config, with each key that it can have",
      description =
          "Checks what POST /connectors checks, on the source too, and stores nothing. Each error"
              + " stands with its key; Kafka Connect knows no warnings, for which there is POST"
              + " /api/v1/connectors/validate. Where the config has the name of a connector that"
              + " exists, a value of ******** stands for the secret that it has.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(type = "object", additionalPropertiesSchema = String.class),
                      examples = @ExampleObject(Examples.NAMED_CONFIG))))
  @ApiResponse(responseCode = "200", description = "The keys, their values and what is wrong")
  @ApiResponse(
      responseCode = "400",
      description = "Malformed JSON, no connector.class, or another plugin's",
      content = @Content(schema = @Schema(implementation = ErrorMessage.class)))
  @ApiResponse(
      responseCode = "404",
      description = "No plugin of that name",
      content = @Content(schema = @Schema(implementation = ErrorMessage.class)))
  ConfigInfos validate(
      @Parameter(
              description = "The connector's class, or its simple name",
              example = "MySqlConnector")
          @PathVariable
          String plugin,
      @Parameter(hidden = true)
          @org.springframework.web.bind.annotation.RequestBody(required = false)
          byte @Nullable [] body) {
    ConnectorPlugins.requireKnown(plugin);
    Map<String, String> config = RequestJson.config(body);
    String connectorClass = config.getOrDefault(CONNECTOR_CLASS, "");
    if (connectorClass.isBlank()) {
      throw new ProblemException(
          ProblemType.INVALID_CONFIG,
          "Connector config contains no connector type. Give it " + CONNECTOR_CLASS + ".");
    }
    ConnectorPlugins.requireSame(plugin, connectorClass);
    PreflightReport report =
        connectors.validateWithDefinitions(config.getOrDefault("name", ""), config);
    return ConfigInfos.of(connectorClass, Secrets.mask(config), report);
  }
}
