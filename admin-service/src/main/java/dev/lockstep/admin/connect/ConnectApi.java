package dev.lockstep.admin.connect;

import dev.lockstep.admin.problems.ErrorMessage;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The paths of Kafka Connect's calls and what is told of them in the OpenAPI document. */
@Tag(name = ConnectApi.TAG)
interface ConnectApi {
  String TAG = "Kafka Connect";
  String JSON = MediaType.APPLICATION_JSON_VALUE;

  @GetMapping(path = "/", produces = JSON)
  @Operation(summary = "What answers here")
  @ApiResponse(responseCode = "200", description = "Versions and Kafka's cluster id")
  ServerInfo server();

  @GetMapping(path = "/connectors", produces = JSON)
  @Operation(summary = "All connectors: their names, or with expand their info and status by name")
  @ApiResponse(
      responseCode = "200",
      description = "Names in order; with expand an object by name",
      content =
          @Content(
              array = @ArraySchema(schema = @Schema(implementation = String.class)),
              examples = @ExampleObject("[\"inventory-connector\"]")))
  Object list(
      @Parameter(
              description = "status, info or both",
              array =
                  @ArraySchema(
                      schema =
                          @Schema(
                              type = "string",
                              allowableValues = {"status", "info"})))
          @RequestParam(required = false)
          @Nullable List<String> expand);

  @PostMapping(path = "/connectors", consumes = JSON, produces = JSON)
  @Operation(
      summary = "Make a connector",
      description =
          "capture-service tries the config on the source first; nothing is stored when it finds an"
              + " error.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = JSON,
                      schema = @Schema(implementation = ConnectorRequest.class),
                      examples =
                          @ExampleObject(
                              name = "Debezium's tutorial",
                              value = Examples.CONNECTOR))))
  @ApiResponse(
      responseCode = "201",
      description = "Stored; capture-service starts it",
      headers = @Header(name = "Location", description = "The connector's URL"))
  @ApiResponse(
      responseCode = "400",
      description = "Malformed JSON, or a config that would not work: one line per error",
      content =
          @Content(
              schema = @Schema(implementation = ErrorMessage.class),
              examples = @ExampleObject(Examples.INVALID)))
  @ApiResponse(
      responseCode = "409",
      description = "The name is taken",
      content = @Content(schema = @Schema(implementation = ErrorMessage.class)))
  ResponseEntity<ConnectorInfo> create(
      @Parameter(hidden = true)
          @org.springframework.web.bind.annotation.RequestBody(required = false)
          byte @Nullable [] body);

  @GetMapping(path = "/connectors/{name}", produces = JSON)
  @Operation(summary = "One connector")
  @ApiResponse(responseCode = "200", description = "The connector, its secrets masked")
  @ApiResponse(
      responseCode = "404",
      description = "No connector of that name",
      content = @Content(schema = @Schema(implementation = ErrorMessage.class)))
  ConnectorInfo get(@PathVariable String name);

  @GetMapping(path = "/connectors/{name}/config", produces = JSON)
  @Operation(summary = "A connector's config")
  @ApiResponse(responseCode = "200", description = "The config, its secrets masked")
  @ApiResponse(
      responseCode = "404",
      description = "No connector of that name",
      content = @Content(schema = @Schema(implementation = ErrorMessage.class)))
  Map<String, String> config(@PathVariable String name);

  @PutMapping(path = "/connectors/{name}/config", consumes = JSON, produces = JSON)
  @Operation(
      summary = "Make a connector or replace its config",
      description =
          "A value of ******** keeps the secret that is stored under the same key, so a config that"
              + " was read here can be sent back.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = JSON,
                      schema = @Schema(type = "object", additionalPropertiesSchema = String.class),
                      examples = @ExampleObject(Examples.CONFIG))))
  @ApiResponse(responseCode = "200", description = "Replaced")
  @ApiResponse(responseCode = "201", description = "Made")
  @ApiResponse(
      responseCode = "400",
      description = "Malformed JSON, or a config that would not work: one line per error",
      content =
          @Content(
              schema = @Schema(implementation = ErrorMessage.class),
              examples = @ExampleObject(Examples.INVALID)))
  @ApiResponse(
      responseCode = "409",
      description = "Another request changed the connector meanwhile",
      content = @Content(schema = @Schema(implementation = ErrorMessage.class)))
  ResponseEntity<ConnectorInfo> putConfig(
      @PathVariable String name,
      @Parameter(hidden = true)
          @org.springframework.web.bind.annotation.RequestBody(required = false)
          byte @Nullable [] body);

  @GetMapping(path = "/connectors/{name}/status", produces = JSON)
  @Operation(summary = "What a connector is doing")
  @ApiResponse(responseCode = "200", description = "Its state and its task's")
  @ApiResponse(
      responseCode = "404",
      description = "No connector of that name",
      content = @Content(schema = @Schema(implementation = ErrorMessage.class)))
  ConnectorState status(@PathVariable String name);

  @DeleteMapping(path = "/connectors/{name}", produces = JSON)
  @Operation(
      summary = "Delete a connector, by default nothing else",
      description =
          "Its place in the source, its topics and its target tables stay: a connector that is made"
              + " under the same name with the same topic.prefix goes on where this one was. What"
              + " remove names is removed by capture-service; until that is done the connector is"
              + " shown as DESTROYED and its name is taken. Target tables always stay.")
  @ApiResponse(responseCode = "202", description = "Being deleted; its status says how far that is")
  @ApiResponse(responseCode = "204", description = "Deleted")
  @ApiResponse(
      responseCode = "404",
      description = "No connector of that name",
      content = @Content(schema = @Schema(implementation = ErrorMessage.class)))
  @ApiResponse(
      responseCode = "409",
      description = "It is being deleted already",
      content = @Content(schema = @Schema(implementation = ErrorMessage.class)))
  ResponseEntity<Void> delete(
      @PathVariable String name,
      @Parameter(
              description =
                  "state: its place in the source and its schema history. topics: its data topics,"
                      + " applied or not, with their schemas")
          @RequestParam(required = false)
          @Nullable Set<Remove> remove)
      throws InterruptedException;

  /** What can be removed with a connector. */
  enum Remove {
    state,
    topics
  }
}
