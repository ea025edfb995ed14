package dev.lockstep.admin.replays;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;

/** The paths of the replays' calls and what is told of them in the OpenAPI document. */
@Tag(name = "Lockstep")
interface ReplayApi {
  String JSON = MediaType.APPLICATION_JSON_VALUE;
  String PROBLEM = MediaType.APPLICATION_PROBLEM_JSON_VALUE;
  String REPLAYS = "/api/v1/replays";

  /**
   * The replays.
   *
   * @param items each of them
   */
  @Schema(name = "ReplayList")
  record Listing(List<ReplayView> items) {}

  /** What is told of an id that there is no replay of. */
  @ApiResponse(
      responseCode = "404",
      description = "/problems/replay-not-found: no replay of that id",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface NoSuchReplay {}

  @PostMapping(path = REPLAYS, consumes = JSON, produces = JSON)
  @Operation(
      summary = "Apply a table's records again",
      description =
          "From its topic or from the dead letters, into the target table or into a new one that"
              + " then takes its place. The live stream goes on.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = JSON,
                      examples = {
                        @ExampleObject(
                            name = "Rebuild a table from its topic",
                            value = ReplayExamples.REBUILD),
                        @ExampleObject(
                            name = "Replay what is in quarantine",
                            value = ReplayExamples.DEAD_LETTERS)
                      })))
  @ApiResponse(
      responseCode = "202",
      description = "Accepted; it begins when those before it are done",
      headers = @Header(name = "Location", description = "The replay's URL"),
      content =
          @Content(
              mediaType = JSON,
              schema = @Schema(implementation = ReplayView.class),
              examples = @ExampleObject(ReplayExamples.RUNNING)))
  @ApiResponse(
      responseCode = "400",
      description =
          "/problems/invalid-replay: one line per error; /problems/malformed-request: not JSON",
      content =
          @Content(
              mediaType = PROBLEM,
              schema = @Schema(implementation = ProblemDetail.class),
              examples = @ExampleObject(ReplayExamples.INVALID)))
  @ApiResponse(
      responseCode = "404",
      description = "/problems/table-not-found: nothing was reported of such a table",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  ResponseEntity<ReplayView> request(
      @Parameter(hidden = true)
          @org.springframework.web.bind.annotation.RequestBody(required = false)
          byte @Nullable [] body);

  @GetMapping(path = REPLAYS, produces = JSON)
  @Operation(summary = "All replays that were asked for, the youngest first")
  @ApiResponse(responseCode = "200", description = "The replays")
  Listing list();

  @GetMapping(path = REPLAYS + "/{id}", produces = JSON)
  @Operation(summary = "One replay, and how far it has come")
  @ApiResponse(
      responseCode = "200",
      description = "The replay",
      content =
          @Content(
              mediaType = JSON,
              schema = @Schema(implementation = ReplayView.class),
              examples = @ExampleObject(ReplayExamples.RUNNING)))
  @NoSuchReplay
  ReplayView get(@PathVariable String id);

  @PutMapping(path = REPLAYS + "/{id}/cancel", produces = JSON)
  @Operation(
      summary = "End a replay; a new table is dropped, rows that were written to the target stay")
  @ApiResponse(responseCode = "202", description = "Accepted; takes effect after a block")
  @ApiResponse(
      responseCode = "409",
      description = "/problems/conflict: it has ended",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @NoSuchReplay
  ResponseEntity<ReplayView> cancel(@PathVariable String id);
}
