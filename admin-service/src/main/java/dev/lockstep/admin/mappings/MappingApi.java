package dev.lockstep.admin.mappings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The paths of the mappings' calls and what is told of them in the OpenAPI document. */
@Tag(name = "Lockstep")
interface MappingApi {
  String JSON = MediaType.APPLICATION_JSON_VALUE;
  String PROBLEM = MediaType.APPLICATION_PROBLEM_JSON_VALUE;
  String MAPPINGS = "/api/v1/mappings";

  /**
   * The mappings.
   *
   * @param items each of them
   */
  @Schema(name = "MappingList")
  record Listing(List<MappingView> items) {}

  /**
   * Which mapping applies to a table.
   *
   * @param table the table that was asked about
   * @param mapping the name of the first one that applies, or null when none matches
   * @param applying the names of those that apply
   * @param matching the names of all that match, the most specific first
   */
  @Schema(name = "MappingMatch", description = "Which mappings apply to a table")
  record Match(
      @Schema(example = "inventory.orders") String table,
      @Schema(
              description =
                  "The first one that applies; null when none matches and the defaults apply",
              example = "orders")
          @Nullable String mapping,
      @Schema(
              description =
                  "Those that apply, one of each mode at most: MIRROR, then HISTORY, then APPEND",
              example = "[\"orders\", \"orders-history\"]")
          List<String> applying,
      @Schema(
              description = "All that match, the most specific first",
              example = "[\"orders\", \"orders-history\", \"inventory\"]")
          List<String> matching) {}

  /**
   * What became of a mapping.
   *
   * @param mapping the mapping
   * @param impact what the change needs
   */
  @Schema(name = "MappingChange", description = "A mapping, and what its change needs")
  record Changed(
      @JsonUnwrapped MappingView mapping,
      @Schema(
              description =
                  "What the change needs in tables that have rows, compared with the mapping that"
                      + " was stored, or with the defaults: NOTHING; IN_PLACE, a change of the"
                      + " table where it stands, by Lockstep or by a statement that the table's"
                      + " reason has; or REBUILD, that it is filled anew")
          Impact impact) {}

  @GetMapping(path = MAPPINGS, produces = JSON)
  @Operation(summary = "All table mappings")
  @ApiResponse(
      responseCode = "200",
      description = "The mappings by name",
      content =
          @Content(
              mediaType = JSON,
              schema = @Schema(implementation = Listing.class),
              examples = @ExampleObject("{\"items\": [" + MappingExamples.STORED + "]}")))
  Listing list();

  @GetMapping(path = MAPPINGS + "/{name}", produces = JSON)
  @Operation(summary = "One table mapping")
  @ApiResponse(
      responseCode = "200",
      description = "The mapping; it can be sent back as it is",
      content =
          @Content(
              mediaType = JSON,
              schema = @Schema(implementation = MappingView.class),
              examples = @ExampleObject(MappingExamples.STORED)))
  @ApiResponse(
      responseCode = "404",
      description = "/problems/mapping-not-found: no mapping of that name",
      content =
          @Content(
              mediaType = PROBLEM,
              schema = @Schema(implementation = ProblemDetail.class),
              examples = @ExampleObject(MappingExamples.NOT_FOUND)))
  MappingView get(@Parameter(example = "inventory") @PathVariable String name);

  @PutMapping(path = MAPPINGS + "/{name}", consumes = JSON, produces = JSON)
  @Operation(
      summary = "Make a table mapping or replace it",
      description =
          "It takes effect with the tables' next rows, and the answer's impact says what tables that"
              + " have rows need for it. One that no longer is what its mapping asks for fails with"
              + " its reason; nothing is changed silently. With dryRun, it is checked and answered"
              + " the same, and nothing is stored.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = JSON,
                      schema = @Schema(implementation = MappingView.class),
                      examples =
                          @ExampleObject(
                              name = "All tables of a database",
                              value = MappingExamples.REQUEST))))
  @ApiResponse(
      responseCode = "200",
      description = "Replaced, or what would be with dryRun",
      content =
          @Content(
              mediaType = JSON,
              schema = @Schema(implementation = Changed.class),
              examples = @ExampleObject(MappingExamples.CHANGED)))
  @ApiResponse(
      responseCode = "201",
      description = "Made",
      headers = @Header(name = "Location", description = "The mapping's URL"),
      content = @Content(mediaType = JSON, schema = @Schema(implementation = Changed.class)))
  @ApiResponse(
      responseCode = "400",
      description =
          "/problems/invalid-mapping: one line per error; /problems/malformed-request: not JSON",
      content =
          @Content(
              mediaType = PROBLEM,
              schema = @Schema(implementation = ProblemDetail.class),
              examples = @ExampleObject(MappingExamples.INVALID)))
  @ApiResponse(
      responseCode = "409",
      description = "/problems/conflict: there are 1,000 mappings, as many as there can be",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  ResponseEntity<Changed> put(
      @Parameter(example = "inventory") @PathVariable String name,
      @Parameter(description = "Whether to store nothing, and only tell what it would need")
          @RequestParam(defaultValue = "false")
          boolean dryRun,
      @Parameter(hidden = true)
          @org.springframework.web.bind.annotation.RequestBody(required = false)
          byte @Nullable [] body);

  @DeleteMapping(path = MAPPINGS + "/{name}", produces = JSON)
  @Operation(summary = "Delete a table mapping; what it made in the target stays")
  @ApiResponse(responseCode = "204", description = "Deleted")
  @ApiResponse(
      responseCode = "404",
      description = "/problems/mapping-not-found: no mapping of that name",
      content =
          @Content(
              mediaType = PROBLEM,
              schema = @Schema(implementation = ProblemDetail.class),
              examples = @ExampleObject(MappingExamples.NOT_FOUND)))
  ResponseEntity<Void> delete(@Parameter(example = "inventory") @PathVariable String name);

  @GetMapping(path = "/api/v1/mapping-matches", produces = JSON)
  @Operation(
      summary = "Which mappings apply to a table",
      description = "Also for a table that is not there yet.")
  @ApiResponse(responseCode = "200", description = "Those that apply, and all that match")
  @ApiResponse(
      responseCode = "400",
      description = "/problems/invalid-parameter: no table can be called that",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  Match match(
      @Parameter(
              description = "The source's database and table, with a dot between",
              example = "inventory.orders")
          @RequestParam
          String table);
}
