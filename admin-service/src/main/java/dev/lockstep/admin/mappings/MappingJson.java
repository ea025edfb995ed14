package dev.lockstep.admin.mappings;

import dev.lockstep.admin.bodies.JsonBody;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.mapping.TableMapping;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads a mapping from a request's body. */
final class MappingJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private MappingJson() {}

  /**
   * Reads the mapping of this name. What is checked is what apply-service will read: the result is
   * decoded as the topic's records are.
   *
   * @throws dev.lockstep.admin.bodies.MalformedBodyException when the body is no JSON object
   * @throws MappingException.Invalid when it breaks a rule
   */
  static TableMapping read(String name, byte @Nullable [] body) {
    ObjectNode object = JsonBody.object(body);
    List<String> errors = MappingRules.errors(name, object);
    if (!errors.isEmpty()) {
      throw new MappingException.Invalid(errors);
    }
    return ControlCodec.decode(
        JSON.writeValueAsBytes(object.put("name", name)), TableMapping.class);
  }
}
