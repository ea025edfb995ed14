package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Text as UTF-8. */
final class Texts {
  /** ClickHouse's type of documents. */
  static final String JSON = "JSON";

  private static final Set<String> TEXTS =
      Set.of("null", "io.debezium.data.Enum", "io.debezium.data.EnumSet");

  private Texts() {}

  /**
   * @param repeated whether there are few different values of it, unless the mapping says
   */
  static Optional<TargetType> rule(Column column, TypeOptions options, boolean repeated) {
    if (!column.wire().type().equals("string")) {
      return Optional.empty();
    }
    TargetType text = new TargetType("String", Texts::encode);
    boolean lowCardinality = Options.or(options.lowCardinality(), repeated);
    return Optional.of(lowCardinality ? text.as(TargetType.Form.LOW_CARDINALITY) : text);
  }

  static Optional<TargetType> json(Column column, TypeOptions options) {
    if (!column.wire().type().equals("string")) {
      return Optional.empty();
    }
    return Optional.of(
        options.json() == TypeOptions.Json.JSON
            ? new TargetType(JSON, JsonDocuments::encode)
            : new TargetType("String", Texts::encode));
  }

  /** Whether a type has what the source calls text, as it is. */
  static boolean isText(Column column, TargetType type) {
    return type.name().equals("String")
        && column.wire().type().equals("string")
        && TEXTS.contains(String.valueOf(column.wire().semantic()));
  }

  static void encode(JsonParser json, RowBuffer out) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new RecordFault("not text but " + json.currentToken());
    }
    char[] chars = json.getStringCharacters();
    int offset = json.getStringOffset();
    int length = json.getStringLength();
    int encodedLength = utf8Length(chars, offset, length);
    out.putVarInt(encodedLength);
    out.putUtf8(chars, offset, length, encodedLength);
  }

  /** The first characters, counted as Unicode does, of what is text throughout. */
  static void encodeFirst(JsonParser json, int most, RowBuffer out) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new RecordFault("not text but " + json.currentToken());
    }
    String text = json.getString();
    char[] chars = text.toCharArray();
    utf8Length(chars, 0, chars.length);
    int length =
        text.codePointCount(0, chars.length) <= most
            ? chars.length
            : text.offsetByCodePoints(0, most);
    int encodedLength = utf8Length(chars, 0, length);
    out.putVarInt(encodedLength);
    out.putUtf8(chars, 0, length, encodedLength);
  }

  private static int utf8Length(char[] chars, int offset, int length) {
    int end = offset + length;
    int i = offset;
    while (i < end && chars[i] < 0x80) {
      i++;
    }
    int encoded = i - offset;
    while (i < end) {
      char c = chars[i++];
      if (!Character.isSurrogate(c)) {
        encoded += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      } else if (Character.isHighSurrogate(c) && i < end && Character.isLowSurrogate(chars[i])) {
        i++;
        encoded += 4;
      } else {
        throw new RecordFault("text with half a surrogate pair, which UTF-8 can't hold");
      }
    }
    return encoded;
  }
}
