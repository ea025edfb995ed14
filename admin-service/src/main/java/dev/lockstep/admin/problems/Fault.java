package dev.lockstep.admin.problems;

import dev.lockstep.admin.bodies.MalformedBodyException;
import dev.lockstep.admin.connectors.ConnectorException;
import dev.lockstep.admin.mappings.MappingException;
import dev.lockstep.admin.preflight.PreflightUnavailableException;
import dev.lockstep.admin.snapshots.SnapshotException;
import dev.lockstep.admin.status.StatusNotLoadedException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * What an exception means to who asked.
 *
 * @param type the kind of problem
 * @param message what is wrong and the way out; never holds a config's value
 * @param headers headers that the answer needs, such as Allow
 */
record Fault(ProblemType type, String message, HttpHeaders headers) {
  private Fault(ProblemType type, String message) {
    this(type, message, HttpHeaders.EMPTY);
  }

  static Fault of(Exception exception) {
    return switch (exception) {
      case ConnectorException refused -> of(refused);
      case MappingException refused -> of(refused);
      case SnapshotException refused -> of(refused);
      case MalformedBodyException e -> new Fault(ProblemType.MALFORMED_REQUEST, text(e));
      case ProblemException problem -> new Fault(problem.type(), text(problem));
      case PreflightUnavailableException e -> new Fault(ProblemType.CAPTURE_UNAVAILABLE, text(e));
      case StatusNotLoadedException e -> new Fault(ProblemType.NOT_READY, text(e));
      case DataAccessException e -> database();
      case TransactionException e -> database();
      case ErrorResponse framework -> ofFramework(exception, framework.getHeaders());
      case HttpMessageNotReadableException e ->
          new Fault(ProblemType.MALFORMED_REQUEST, "The request's body can't be read. Send JSON.");
      case MethodArgumentTypeMismatchException e -> mismatch(e);
      default ->
          new Fault(
              ProblemType.INTERNAL_ERROR,
              "admin-service met a fault of its own; its log has the details.");
    };
  }

  private static Fault of(ConnectorException refused) {
    ProblemType type =
        switch (refused) {
          case ConnectorException.Unknown e -> ProblemType.CONNECTOR_NOT_FOUND;
          case ConnectorException.NameTaken e -> ProblemType.CONFLICT;
          case ConnectorException.ChangedMeanwhile e -> ProblemType.CONFLICT;
          case ConnectorException.BeingDeleted e -> ProblemType.CONFLICT;
          case ConnectorException.InvalidConfig e -> ProblemType.INVALID_CONFIG;
          case ConnectorException.NotReady e -> ProblemType.NOT_READY;
        };
    return new Fault(type, text(refused));
  }

  private static Fault of(MappingException refused) {
    ProblemType type =
        switch (refused) {
          case MappingException.Unknown e -> ProblemType.MAPPING_NOT_FOUND;
          case MappingException.Invalid e -> ProblemType.INVALID_MAPPING;
          case MappingException.TooMany e -> ProblemType.CONFLICT;
          case MappingException.NoTable e -> ProblemType.INVALID_PARAMETER;
          case MappingException.NotReady e -> ProblemType.NOT_READY;
        };
    return new Fault(type, text(refused));
  }

  private static Fault of(SnapshotException refused) {
    ProblemType type =
        switch (refused) {
          case SnapshotException.Unknown e -> ProblemType.SNAPSHOT_NOT_FOUND;
          case SnapshotException.Invalid e -> ProblemType.INVALID_SNAPSHOT;
          case SnapshotException.Ended e -> ProblemType.CONFLICT;
          case SnapshotException.Initial e -> ProblemType.CONFLICT;
        };
    return new Fault(type, text(refused));
  }

  private static Fault ofFramework(Exception exception, HttpHeaders headers) {
    return switch (exception) {
      case NoResourceFoundException e ->
          new Fault(
              ProblemType.PATH_NOT_FOUND,
              "HTTP 404 Not Found: nothing is at this path. /swagger-ui.html lists what there is.",
              headers);
      case HttpRequestMethodNotSupportedException e ->
          new Fault(
              ProblemType.METHOD_NOT_ALLOWED,
              "HTTP 405 Method Not Allowed: this path takes " + allowed(e) + ".",
              headers);
      case HttpMediaTypeNotSupportedException e ->
          new Fault(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              "HTTP 415 Unsupported Media Type: send the header Content-Type: application/json.",
              headers);
      case HttpMediaTypeNotAcceptableException e ->
          new Fault(
              ProblemType.NOT_ACCEPTABLE,
              "HTTP 406 Not Acceptable: send the header Accept: application/json.",
              headers);
      case MissingServletRequestParameterException e ->
          new Fault(
              ProblemType.INVALID_PARAMETER,
              "The parameter " + e.getParameterName() + " is missing.",
              headers);
      default ->
          new Fault(
              ProblemType.MALFORMED_REQUEST,
              "The request can't be understood. /swagger-ui.html shows how it must look.",
              headers);
    };
  }

  private static String allowed(HttpRequestMethodNotSupportedException e) {
    String[] methods = e.getSupportedMethods();
    return methods == null ? "other methods" : String.join(", ", methods);
  }

  private static Fault mismatch(MethodArgumentTypeMismatchException e) {
    Class<?> type = e.getRequiredType();
    String allowed =
        type != null && type.isEnum()
            ? " It must be one of " + String.join(", ", names(type)) + "."
            : "";
    return new Fault(
        ProblemType.INVALID_PARAMETER,
        "The parameter " + e.getName() + " can't have this value." + allowed);
  }

  private static String[] names(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    String[] names = new String[constants.length];
    for (int i = 0; i < constants.length; i++) {
      names[i] = String.valueOf(constants[i]);
    }
    return names;
  }

  private static Fault database() {
    return new Fault(
        ProblemType.DATABASE_UNAVAILABLE,
        "admin-service's own database does not answer; the change may not have been stored."
            + " /actuator/health/readiness says more. Repeat the request when it is up.");
  }

  private static String text(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
