package dev.lockstep.apply;

import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.mapping.TypeOptions.Binary;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Texts and bytes: empty, short, long, odd, and what they can't be. */
final class TextCases {
  private TextCases() {}

  static Stream<TypeCase> all() {
    String text = "\"\\u0000a\\tü€😀\"";
    return Stream.of(
        TypeCase.of("VARCHAR", 10, null, "string", null, "String")
            .good("\"\"", "")
            .good(text, "\\0a\\tü€😀")
            .good("\"\\ud83d\\ude00\"", "😀")
            .bad("1", "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "[]"),
        TypeCase.of("LONGTEXT", "string", "String")
            .good("\"" + "é".repeat(100_000) + "\"", "é".repeat(100_000)),
        TypeCase.of("CHAR", 5, null, "string", null, "LowCardinality(String)")
            .with("lowCardinality", options(null, true))
            .good("\"\"", "")
            .good("\"ü\"", "ü"),
        TypeCase.of("ENUM", 1, "string", "io.debezium.data.Enum", "LowCardinality(String)")
            .good("\"a,b\"", "a,b")
            .good("\"\"", "")
            .bad("1"),
        TypeCase.of("ENUM", 1, "string", "io.debezium.data.Enum", "String")
            .with("no lowCardinality", options(null, false))
            .good("\"it's\"", "it\\'s"),
        TypeCase.of("SET", 1, "string", "io.debezium.data.EnumSet", "LowCardinality(String)")
            .good("\"a,b\"", "a,b")
            .bad("1"),
        TypeCase.of("VARBINARY", 10, null, "bytes", null, "String")
            .good("\"AP8K\"", "\\0\ufffd\\n")
            .good("\"\"", "")
            .good("\"" + "QUJD".repeat(50_000) + "\"", "ABC".repeat(50_000))
            .bad("\"*\"", "\"QQ\"", "1"),
        TypeCase.of("BLOB", "bytes", "String")
            .with("BASE64", options(Binary.BASE64, null))
            .good("\"\"", "")
            .good("\"AP8KYQ==\"", "AP8KYQ==")
            .bad("\"*\"")
            .bad("1"),
        TypeCase.of("BINARY", 3, null, "bytes", null, "String")
            .with("HEX", options(Binary.HEX, null))
            .good("\"\"", "")
            .good("\"AP8K\"", "00FF0A")
            .bad("\"*\"")
            .bad("1"));
  }

  private static TypeOptions options(@Nullable Binary binary, @Nullable Boolean lowCardinality) {
    return new TypeOptions(null, null, binary, null, null, null, null, lowCardinality, null);
  }
}
