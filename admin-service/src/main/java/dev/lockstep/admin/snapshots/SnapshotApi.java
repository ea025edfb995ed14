package dev.lockstep.admin.snapshots;

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
import org.springframework.web.bind.annotation.RequestParam;

/** The paths of the snapshots' calls and what is told of them in the OpenAPI document. */
@Tag(name = "Lockstep")
interface SnapshotApi {
  String JSON = MediaType.APPLICATION_JSON_VALUE;
  String PROBLEM = MediaType.APPLICATION_PROBLEM_JSON_VALUE;
  String SNAPSHOTS = "/api/v1/snapshots";

  /**
   * The snapshots.
   *
   * @param items each of them
   */
  @Schema(name = "SnapshotList")
  record Listing(List<SnapshotView> items) {}

  /** What is told of an id that there is no snapshot of. */
  @ApiResponse(
      responseCode = "404",
      description = "/problems/snapshot-not-found: no snapshot of that id",
      content =
          @Content(
              mediaType = PROBLEM,
              schema = @Schema(implementation = ProblemDetail.class),
              examples = @ExampleObject(SnapshotExamples.NOT_FOUND)))
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface NoSuchSnapshot {}

  /** What is told when a snapshot can't be paused, resumed or cancelled. */
  @ApiResponse(
      responseCode = "409",
      description = "/problems/conflict: it has ended, or is a connector's initial one",
      content =
          @Content(
              mediaType = PROBLEM,
              schema = @Schema(implementation = ProblemDetail.class),
              examples = @ExampleObject(SnapshotExamples.ENDED)))
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface NotToBeChanged {}

  @PostMapping(path = SNAPSHOTS, consumes = JSON, produces = JSON)
  @Operation(
      summary = "Read tables of a source again",
      description =
          "The rows are read in chunks by key and published among the changes, which go on"
              + " (INCREMENTAL) or wait (BLOCKING). Nothing is written to the source. Requests of one"
              + " connector are carried out one after the other.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = JSON,
                      examples =
                          @ExampleObject(
                              name = "A table, and a part of another",
                              value = SnapshotExamples.REQUEST))))
  @ApiResponse(
      responseCode = "202",
      description = "Accepted; it begins when those before it are done",
      headers = @Header(name = "Location", description = "The snapshot's URL"),
      content =
          @Content(
              mediaType = JSON,
              schema = @Schema(implementation = SnapshotView.class),
              examples = @ExampleObject(SnapshotExamples.RUNNING)))
  @ApiResponse(
      responseCode = "400",
      description =
          "/problems/invalid-snapshot: one line per error, such as a table that is not there, has no"
              + " key, or a filter that MySQL does not take; /problems/malformed-request: not JSON",
      content =
          @Content(
              mediaType = PROBLEM,
              schema = @Schema(implementation = ProblemDetail.class),
              examples = @ExampleObject(SnapshotExamples.INVALID)))
  @ApiResponse(
      responseCode = "404",
      description = "/problems/connector-not-found: no connector of that name",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  ResponseEntity<SnapshotView> request(
      @Parameter(hidden = true)
          @org.springframework.web.bind.annotation.RequestBody(required = false)
          byte @Nullable [] body);

  @GetMapping(path = SNAPSHOTS, produces = JSON)
  @Operation(summary = "All snapshots that were asked for, the youngest first")
  @ApiResponse(
      responseCode = "200",
      description = "The snapshots",
      content =
          @Content(
              mediaType = JSON,
              schema = @Schema(implementation = Listing.class),
              examples = @ExampleObject("{\"items\": [" + SnapshotExamples.RUNNING + "]}")))
  Listing list(
      @Parameter(description = "Only this connector's", example = "inventory-connector")
          @RequestParam(required = false)
          @Nullable String connector);

  @GetMapping(path = SNAPSHOTS + "/{id}", produces = JSON)
  @Operation(summary = "One snapshot, and how far it has come")
  @ApiResponse(
      responseCode = "200",
      description = "The snapshot",
      content =
          @Content(
              mediaType = JSON,
              schema = @Schema(implementation = SnapshotView.class),
              examples = @ExampleObject(SnapshotExamples.RUNNING)))
  @NoSuchSnapshot
  SnapshotView get(@PathVariable String id);

  @PutMapping(path = SNAPSHOTS + "/{id}/pause", produces = JSON)
  @Operation(summary = "Pause a snapshot; its place is kept, the stream goes on")
  @ApiResponse(responseCode = "202", description = "Accepted; takes effect after the chunk")
  @NoSuchSnapshot
  @NotToBeChanged
  ResponseEntity<SnapshotView> pause(@PathVariable String id);

  @PutMapping(path = SNAPSHOTS + "/{id}/resume", produces = JSON)
  @Operation(summary = "Go on with a snapshot that is paused")
  @ApiResponse(responseCode = "202", description = "Accepted")
  @NoSuchSnapshot
  @NotToBeChanged
  ResponseEntity<SnapshotView> resume(@PathVariable String id);

  @PutMapping(path = SNAPSHOTS + "/{id}/cancel", produces = JSON)
  @Operation(summary = "End a snapshot; rows that were read stay where they are")
  @ApiResponse(responseCode = "202", description = "Accepted; takes effect after the chunk")
  @NoSuchSnapshot
  @NotToBeChanged
  ResponseEntity<SnapshotView> cancel(@PathVariable String id);
}
