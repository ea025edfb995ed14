package dev.lockstep.admin.connect;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/**
 * The body that makes a connector.
 *
 * @param name the connector's name
 * @param config Debezium's config, with secrets in clear
 */
@Schema(description = "A connector to make, as Debezium's tutorials write it")
record ConnectorRequest(
    @Schema(example = "inventory-connector", requiredMode = Schema.RequiredMode.REQUIRED)
        String name,
    @Schema(
            description =
                "Debezium's config of its MySQL connector. Values are strings, numbers or booleans",
            requiredMode = Schema.RequiredMode.REQUIRED)
        Map<String, String> config) {
  /** Without the config, which holds secrets. */
  @Override
  public String toString() {
    return "ConnectorRequest[name=" + name + "]";
  }
}
