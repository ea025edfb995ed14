package dev.lockstep.admin;

import dev.lockstep.admin.problems.ErrorMessage;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.http.ProblemDetail;

/** Documents the errors that every operation can answer. */
final class CommonErrors implements GlobalOpenApiCustomizer {
  private static final Map<String, String> EVERY =
      Map.of(
          "406", "The Accept header takes no JSON",
          "500", "A fault of admin-service; its log has the details",
          "503", "Kafka, the database or capture-service does not answer; the message says which");
  private static final Map<String, String> WITH_BODY =
      Map.of(
          "413", "The body is larger than 1 MiB",
          "415", "The Content-Type is not application/json");

  @Override
  public void customise(OpenAPI document) {
    register(document, ErrorMessage.class);
    register(document, ProblemDetail.class);
    document
        .getPaths()
        .forEach(
            (path, item) -> item.readOperations().forEach(operation -> document(path, operation)));
  }

  private static void register(OpenAPI document, Class<?> type) {
    ModelConverters.getInstance().readAll(type).forEach(document.getComponents()::addSchemas);
  }

  private static void document(String path, Operation operation) {
    Content content = path.startsWith("/api/") ? problem() : message();
    Map<String, String> errors = new LinkedHashMap<>(EVERY);
    if (operation.getRequestBody() != null) {
      errors.putAll(WITH_BODY);
    }
    errors.forEach(
        (status, description) ->
            operation
                .getResponses()
                .putIfAbsent(status, new ApiResponse().description(description).content(content)));
  }

  private static Content message() {
    return content("application/json", "ErrorMessage");
  }

  private static Content problem() {
    return content("application/problem+json", "ProblemDetail");
  }

  private static Content content(String mediaType, String schema) {
    var type = new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + schema));
    return new Content().addMediaType(mediaType, type);
  }
}
