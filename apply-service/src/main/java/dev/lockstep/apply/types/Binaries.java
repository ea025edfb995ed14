package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Bytes, which JSON carries as Base64. */
final class Binaries {
  private Binaries() {}

  static TargetType bytes() {
    return new TargetType(
        "String",
        (json, out) -> {
          byte[] value = decode(json);
          out.putVarInt(value.length);
          out.putBytes(value);
        });
  }

  static byte[] nonEmpty(JsonParser json) {
    byte[] value = decode(json);
    if (value.length == 0) {
      throw new RecordFault("a number without a byte");
    }
    return value;
  }

  private static byte[] decode(JsonParser json) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw RecordFault.value(json.getString(), "is not Base64 text");
    }
    try {
      return json.getBinaryValue();
    } catch (JacksonException e) {
      throw new RecordFault("not Base64", e.getOriginalMessage(), e);
    }
  }
}
