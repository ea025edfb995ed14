package dev.lockstep.admin.problems;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers every error: Kafka Connect's paths as Kafka Connect does, all others as RFC 9457 has it.
 */
@RestControllerAdvice
class ErrorAnswers {
  private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);

  @ExceptionHandler
  @Nullable ResponseEntity<?> answer(Exception exception, HttpServletRequest request) {
    if (DisconnectedClientHelper.isClientDisconnectedException(exception)) {
      log.debug("The client went away before its answer");
      return null;
    }
    Fault fault = Fault.of(exception);
    switch (fault.type()) {
      case DATABASE_UNAVAILABLE -> logDatabase(exception);
      case INTERNAL_ERROR ->
          log.atError()
              .setCause(exception)
              .addKeyValue("method", request.getMethod())
              .addKeyValue("path", request.getRequestURI())
              .log("A request met a fault");
      default -> log.debug("Refused a request: {}", fault.type());
    }
    return isKafkaConnect(request.getRequestURI()) ? message(fault) : problem(fault, request);
  }

  private static boolean isKafkaConnect(String path) {
    return path.equals("/")
        || path.equals("/connectors")
        || path.startsWith("/connectors/")
        || path.startsWith("/connector-plugins/");
  }

  private static ResponseEntity<?> message(Fault fault) {
    return ResponseEntity.status(fault.type().status())
        .headers(fault.headers())
        .contentType(MediaType.APPLICATION_JSON)
        .body(new ErrorMessage(fault.type().status().value(), fault.message()));
  }

  private static ResponseEntity<?> problem(Fault fault, HttpServletRequest request) {
    var problem = ProblemDetail.forStatusAndDetail(fault.type().status(), fault.message());
    problem.setType(URI.create(fault.type().uri()));
    problem.setTitle(fault.type().title());
    problem.setInstance(URI.create(request.getRequestURI()));
    return ResponseEntity.status(fault.type().status())
        .headers(fault.headers())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  /** Says where and what code; a database's messages may quote the row, which holds secrets. */
  private static void logDatabase(Exception exception) {
    var entry =
        log.atError()
            .addKeyValue("exception", exception.getClass().getName())
            .addKeyValue(
                "at",
                Arrays.stream(exception.getStackTrace())
                    .filter(frame -> frame.getClassName().startsWith("dev.lockstep."))
                    .map(StackTraceElement::toString)
                    .collect(Collectors.joining(" < ")));
    if (NestedExceptionUtils.getMostSpecificCause(exception) instanceof SQLException cause) {
      entry =
          entry
              .addKeyValue("sqlState", cause.getSQLState())
              .addKeyValue("code", cause.getErrorCode());
    }
    entry.log("The database did not do what it was asked to");
  }
}
