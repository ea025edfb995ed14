package dev.lockstep.admin.tables;

import dev.lockstep.admin.mappings.PublishedMappings;
import dev.lockstep.admin.problems.ProblemException;
import dev.lockstep.admin.problems.ProblemType;
import dev.lockstep.admin.status.StatusBoard;
import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.control.TablePartitionStatus.State;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What apply-service has reported of each table. */
@RestController
@RequestMapping(path = "/api/v1/tables", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Lockstep")
class Tables {
  /**
   * The tables.
   *
   * @param items one for each
   */
  @Schema(name = "TableList")
  record Listing(List<TableProgress> items) {}

  private final StatusBoard status;
  private final PublishedMappings mappings;
  private final Clock clock;

  Tables(StatusBoard status, PublishedMappings mappings, Clock clock) {
    this.status = status;
    this.mappings = mappings;
    this.clock = clock;
  }

  @GetMapping
  @Operation(summary = "All tables: how far each has got")
  @ApiResponse(responseCode = "200", description = "The tables by connector, database and name")
  @ApiResponse(
      responseCode = "400",
      description = "/problems/invalid-parameter: the state is not one of those",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
              schema = @Schema(implementation = ProblemDetail.class)))
  Listing list(
      @Parameter(description = "Only this connector's") @RequestParam(required = false)
          @Nullable String connector,
      @Parameter(description = "Only those in this state") @RequestParam(required = false)
          @Nullable State state) {
    return new Listing(
        all().stream()
            .filter(table -> connector == null || table.connector().equals(connector))
            .filter(table -> state == null || table.state() == state)
            .toList());
  }

  @GetMapping("/{connector}/{database}/{table}")
  @Operation(summary = "One table, named as in the source")
  @ApiResponse(responseCode = "200", description = "How far it has got")
  @ApiResponse(
      responseCode = "404",
      description = "/problems/table-not-found: nothing was reported of such a table",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
              schema = @Schema(implementation = ProblemDetail.class)))
  TableProgress get(
      @PathVariable String connector, @PathVariable String database, @PathVariable String table) {
    var source = new TableProgress.TableName(database, table);
    return all().stream()
        .filter(found -> found.connector().equals(connector) && found.source().equals(source))
        .findFirst()
        .orElseThrow(() -> unknown(connector, database, table));
  }

  private static ProblemException unknown(String connector, String database, String table) {
    return new ProblemException(
        ProblemType.TABLE_NOT_FOUND,
        "Nothing has been reported of the table "
            + database
            + "."
            + table
            + " of the connector "
            + connector
            + ". GET /api/v1/tables lists the tables; a table appears with its first event.");
  }

  private List<TableProgress> all() {
    Map<String, List<TablePartitionStatus>> byTable =
        status.partitions().stream()
            .collect(Collectors.groupingBy(Tables::key, TreeMap::new, Collectors.toList()));
    Instant now = clock.instant();
    return byTable.values().stream().map(table -> TableProgress.of(table, mappings, now)).toList();
  }

  /** No name can hold U+0000, so no two tables share a key. */
  private static String key(TablePartitionStatus partition) {
    return String.join(
        "\0", partition.connector(), partition.sourceDatabase(), partition.sourceTable());
  }
}
