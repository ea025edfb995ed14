package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Bytes, which JSON carries as Base64. */
final class Binaries {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Binaries() {}

  /**
   * Only of a wire of bytes: the texts of {@code binary.handling.mode} base64 and hex can't be told
   * apart, as {@code ABCD} is both.
   */
  static Optional<TargetType> rule(Column column, TypeOptions options) {
    if (!column.wire().type().equals("bytes") || column.wire().semantic() != null) {
      return Optional.empty();
    }
    TypeOptions.Binary form = Options.or(options.binary(), TypeOptions.Binary.RAW);
    return Optional.of(
        switch (form) {
          case RAW -> new TargetType("String", Binaries::raw);
          case BASE64 -> new TargetType("String", Binaries::base64).withShape(form.name());
          case HEX -> new TargetType("String", Binaries::hex).withShape(form.name());
        });
  }

  private static void raw(JsonParser json, RowBuffer out) {
    int start = out.size();
    out.insertLength(start, append(json, out));
  }

  private static void base64(JsonParser json, RowBuffer out) {
    out.putText(Base64.getEncoder().encode(bytes(json)));
  }

  private static void hex(JsonParser json, RowBuffer out) {
    out.putText(HEX.formatHex(bytes(json)).getBytes(StandardCharsets.US_ASCII));
  }

  /** Appends the bytes as they are, without their length; returns how many they are. */
  static int append(JsonParser json, RowBuffer out) {
    requireText(json);
    try {
      return json.readBinaryValue(out.end());
    } catch (JacksonException e) {
      throw notBase64(e);
    }
  }

  /** The same as {@link #append}, of a number, which has a byte at least. */
  static int appendNumber(JsonParser json, RowBuffer out) {
    int length = append(json, out);
    if (length == 0) {
      throw new RecordFault("a number without a byte");
    }
    return length;
  }

  static byte[] bytes(JsonParser json) {
    requireText(json);
    try {
      return json.getBinaryValue();
    } catch (JacksonException e) {
      throw notBase64(e);
    }
  }

  private static void requireText(JsonParser json) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw RecordFault.value(json.getString(), "is not Base64 text");
    }
  }

  private static RecordFault notBase64(JacksonException e) {
    return new RecordFault("not Base64", e.getOriginalMessage(), e);
  }
}
