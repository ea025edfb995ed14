package dev.lockstep.admin.problems;

import org.springframework.http.HttpStatus;

/** The kinds of problem of {@code /api/v1}; docs/problems.md explains each under its name. */
public enum ProblemType {
  /** No table of that name has been applied. */
  TABLE_NOT_FOUND("table-not-found", "No such table", HttpStatus.NOT_FOUND),
  /** A parameter has a value that it can't have. */
  INVALID_PARAMETER("invalid-parameter", "Invalid parameter", HttpStatus.BAD_REQUEST),
  /** The request can't be read. */
  MALFORMED_REQUEST("malformed-request", "Malformed request", HttpStatus.BAD_REQUEST),
  /** Nothing is at this path. */
  PATH_NOT_FOUND("path-not-found", "Nothing at this path", HttpStatus.NOT_FOUND),
  /** The path exists, but not for this method. */
  METHOD_NOT_ALLOWED("method-not-allowed", "Wrong method", HttpStatus.METHOD_NOT_ALLOWED),
  /** Only JSON is given. */
  NOT_ACCEPTABLE("not-acceptable", "Only JSON is given", HttpStatus.NOT_ACCEPTABLE),
  /** Only JSON is taken. */
  UNSUPPORTED_MEDIA_TYPE(
      "unsupported-media-type", "Only JSON is taken", HttpStatus.UNSUPPORTED_MEDIA_TYPE),
  /** The body is larger than it may be. */
  BODY_TOO_LARGE("body-too-large", "Body too large", HttpStatus.CONTENT_TOO_LARGE),
  /** There is no connector of that name. */
  CONNECTOR_NOT_FOUND("connector-not-found", "No such connector", HttpStatus.NOT_FOUND),
  /** The connector has no such task. */
  TASK_NOT_FOUND("task-not-found", "No such task", HttpStatus.NOT_FOUND),
  /** There is no connector plugin of that name. */
  PLUGIN_NOT_FOUND("plugin-not-found", "No such connector plugin", HttpStatus.NOT_FOUND),
  /** There is no mapping of that name. */
  MAPPING_NOT_FOUND("mapping-not-found", "No such mapping", HttpStatus.NOT_FOUND),
  /** The mapping breaks a rule. */
  INVALID_MAPPING("invalid-mapping", "Invalid mapping", HttpStatus.BAD_REQUEST),
  /** There is no snapshot of that id. */
  SNAPSHOT_NOT_FOUND("snapshot-not-found", "No such snapshot", HttpStatus.NOT_FOUND),
  /** The tables can't be read as it is asked for. */
  INVALID_SNAPSHOT("invalid-snapshot", "Invalid snapshot", HttpStatus.BAD_REQUEST),
  /** There is no replay of that id. */
  REPLAY_NOT_FOUND("replay-not-found", "No such replay", HttpStatus.NOT_FOUND),
  /** The records can't be applied again as it is asked for. */
  INVALID_REPLAY("invalid-replay", "Invalid replay", HttpStatus.BAD_REQUEST),
  /** The change collides with what is stored. */
  CONFLICT("conflict", "Conflict", HttpStatus.CONFLICT),
  /** The connector's config would not work. */
  INVALID_CONFIG("invalid-config", "Invalid connector config", HttpStatus.BAD_REQUEST),
  /** The service has not read its control topics yet. */
  NOT_READY("not-ready", "Not ready yet", HttpStatus.SERVICE_UNAVAILABLE),
  /** capture-service did not answer. */
  CAPTURE_UNAVAILABLE(
      "capture-unavailable", "capture-service did not answer", HttpStatus.SERVICE_UNAVAILABLE),
  /** The service's own database does not answer. */
  DATABASE_UNAVAILABLE(
      "database-unavailable", "The database does not answer", HttpStatus.SERVICE_UNAVAILABLE),
  /** A fault of the service. */
  INTERNAL_ERROR("internal-error", "Internal error", HttpStatus.INTERNAL_SERVER_ERROR);

  private final String slug;
  private final String title;
  private final HttpStatus status;

  ProblemType(String slug, String title, HttpStatus status) {
    this.slug = slug;
    this.title = title;
    this.status = status;
  }

  /** The URI reference that names it for good. */
  public String uri() {
    return "/problems/" + slug;
  }

  String title() {
    return title;
  }

  HttpStatus status() {
    return status;
  }
}
