package dev.lockstep.apply.types;

import dev.lockstep.common.mapping.Mask;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What masks make of types. Each notes by what, which a column's type does not say. */
final class Masks {
  private static final byte[] REDACTED = "***".getBytes(StandardCharsets.US_ASCII);

  private Masks() {}

  /**
   * The type of a column whose values are masked.
   *
   * @throws UnsupportedColumnException when they can't be, with the way out
   */
  static TargetType masked(Column column, TypeOptions options, Mask mask, @Nullable Salt salt) {
    return switch (mask.kind()) {
      case HASH -> {
        TypeOptions asText = TextForms.asText(options);
        TargetType text =
            TextForms.of(column, SourceType.of(column), TypeRules.type(column, asText))
                .orElseThrow(() -> UnsupportedColumnException.unhashed(column));
        yield hash(text, mask.saltName(), Objects.requireNonNull(salt, "salt"));
      }
      case REDACT -> redact(TypeRules.type(column, options));
      case TRUNCATE -> {
        TargetType text = TypeRules.type(column, options);
        if (!Texts.isText(column, text) || mask.length() == null) {
          throw UnsupportedColumnException.untruncated(column);
        }
        yield truncate(text, mask.length());
      }
    };
  }

  /** The hashes of texts. */
  private static TargetType hash(TargetType texts, String saltName, Salt salt) {
    return new TargetType("String", new Hash(texts.encoder(), salt))
        .withShape(Mask.Kind.HASH.name() + " " + saltName);
  }

  /** The same for all values. */
  private static TargetType redact(TargetType type) {
    return new TargetType(type.name(), new Redacted(type))
        .as(type.form())
        .withShape(Mask.Kind.REDACT.name());
  }

  /** The first characters. */
  private static TargetType truncate(TargetType text, int length) {
    return new TargetType("String", (json, out) -> Texts.encodeFirst(json, length, out))
        .as(text.form())
        .withShape(Mask.Kind.TRUNCATE.name() + " " + length);
  }

  /** Of the text alone, without its length before it. */
  private record Hash(ValueEncoder text, Salt salt) implements ValueEncoder {
    @Override
    public void encode(JsonParser json, RowBuffer out) {
      int start = out.size();
      text.encode(json, out);
      replace(start, out);
    }

    @Override
    public void encodeZero(String zero, RowBuffer out) {
      int start = out.size();
      text.encodeZero(zero, out);
      replace(start, out);
    }

    private void replace(int start, RowBuffer out) {
      byte[] value = out.takeBytes(out.size() - FilterBytes.afterLength(out, start));
      out.truncate(start);
      out.putText(HexFormat.of().formatHex(salt.hash(value)).getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Values are not looked at. */
  private record Redacted(TargetType type) implements ValueEncoder {
    @Override
    public void encode(JsonParser json, RowBuffer out) {
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        // Only a type that writes NULL itself comes here with it.
        type.encoder().encode(json, out);
        return;
      }
      json.skipChildren();
      put(out);
    }

    @Override
    public void encodeZero(String zero, RowBuffer out) {
      put(out);
    }

    private void put(RowBuffer out) {
      if (type.name().equals("String")) {
        out.putText(REDACTED);
      } else {
        Blanks.put(type.name(), out);
      }
    }
  }
}
