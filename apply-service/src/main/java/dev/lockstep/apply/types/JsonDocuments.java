package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Which documents ClickHouse's JSON type holds exactly. Its numbers are Int64, UInt64 or Float64,
 * an array of numbers has one type for all, and a dot in a name makes a path of it.
 */
final class JsonDocuments {
  /** As long as a record may be; the exact decimal of a double has up to 1,077 characters. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(64 * 1024 * 1024)
                  .maxNumberLength(4096)
                  .build())
          .build();

  private static final String WAY_OUT = ": set json to STRING in a mapping";
  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST = new BigDecimal("18446744073709551615");

  private JsonDocuments() {}

  static void encode(JsonParser json, RowBuffer out) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new RecordFault("not a JSON document as text but " + json.currentToken());
    }
    try (JsonParser document =
        FACTORY.createParser(
            ObjectReadContext.empty(),
            json.getStringCharacters(),
            json.getStringOffset(),
            json.getStringLength())) {
      if (document.nextToken() != JsonToken.START_OBJECT) {
        throw RecordFault.value(
            json.getString(), "is not an object, which ClickHouse's JSON needs" + WAY_OUT);
      }
      object(document);
    } catch (JacksonException e) {
      throw new RecordFault("not a JSON document", e.getOriginalMessage(), e);
    }
    Texts.encode(json, out);
  }

  private static void object(JsonParser document) {
    while (document.nextToken() == JsonToken.PROPERTY_NAME) {
      if (document.currentName().indexOf('.') >= 0) {
        throw RecordFault.value(
            document.currentName(),
            "is a name with a dot, which ClickHouse's JSON takes for a path" + WAY_OUT);
      }
      document.nextToken();
      value(document, null);
    }
  }

  private static void value(JsonParser document, @Nullable Mix array) {
    switch (document.currentToken()) {
      case START_OBJECT -> object(document);
      case START_ARRAY -> array(document, array == null ? new Mix() : array);
      case VALUE_TRUE, VALUE_FALSE -> Mix.bool(array);
      case VALUE_STRING -> Mix.text(array);
      case VALUE_NUMBER_INT -> whole(document, array);
      case VALUE_NUMBER_FLOAT -> fractional(document, array);
      default -> {}
    }
  }

  private static void array(JsonParser document, Mix mix) {
    while (document.nextToken() != JsonToken.END_ARRAY) {
      value(document, mix);
    }
    mix.check();
  }

  private static void whole(JsonParser document, @Nullable Mix array) {
    BigDecimal value = document.getDecimalValue();
    if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
      throw RecordFault.value(document.getString(), "is beyond ClickHouse's JSON" + WAY_OUT);
    }
    Mix.whole(array, new BigDecimal(value.doubleValue()).compareTo(value) == 0);
  }

  /** A decimal that is no double's shortest text, nor its exact one, would be rounded. */
  private static void fractional(JsonParser document, @Nullable Mix array) {
    String text = document.getString();
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw RecordFault.value(text, "is beyond ClickHouse's JSON" + WAY_OUT);
    }
    BigDecimal exact = new BigDecimal(text);
    if (exact.compareTo(BigDecimal.valueOf(value)) != 0
        && exact.compareTo(new BigDecimal(value)) != 0) {
      throw RecordFault.value(text, "would be rounded by ClickHouse's JSON" + WAY_OUT);
    }
    Mix.fractional(array);
  }

  /** What an array and the arrays in it hold. */
  private static final class Mix {
    private boolean bools;
    private boolean texts;
    private boolean numbers;
    private boolean fractions;
    private boolean largeNumbers;

    static void bool(@Nullable Mix mix) {
      if (mix != null) {
        mix.bools = true;
      }
    }

    static void text(@Nullable Mix mix) {
      if (mix != null) {
        mix.texts = true;
      }
    }

    static void whole(@Nullable Mix mix, boolean isDouble) {
      if (mix != null) {
        mix.numbers = true;
        mix.largeNumbers |= !isDouble;
      }
    }

    static void fractional(@Nullable Mix mix) {
      if (mix != null) {
        mix.numbers = true;
        mix.fractions = true;
      }
    }

    void check() {
      if (bools && numbers) {
        throw new RecordFault(
            "an array of booleans and numbers, which ClickHouse's JSON makes numbers of" + WAY_OUT);
      }
      if (bools && texts) {
        throw new RecordFault(
            "an array of booleans and texts, which ClickHouse's JSON makes texts of" + WAY_OUT);
      }
      if (fractions && largeNumbers) {
        throw new RecordFault(
            "an array in which ClickHouse's JSON would round a whole number" + WAY_OUT);
      }
    }
  }
}
