package dev.lockstep.apply;

import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.mapping.TypeOptions.Json;
import java.util.stream.Stream;

/** JSON documents, in both forms. */
final class JsonCases {
  private static final TypeOptions JSON =
      new TypeOptions(null, null, null, Json.JSON, null, null, null, null, null);

  private JsonCases() {}

  static Stream<TypeCase> all() {
    return Stream.of(
        json("String")
            .good("\"{\\\"a\\\": 1.10}\"", "{\"a\": 1.10}")
            .good("\"null\"", "null")
            .bad("{}")
            .bad("1"),
        objects());
  }

  private static TypeCase objects() {
    return json("JSON")
        .with("JSON", JSON)
        .good(text("{}"), "{}")
        .good(
            text("{'a': 1, 'b': {'c': [1, 2.5, 'x', null]}}"),
            plain("{'a':1,'b':{'c':[1,2.5,'x',null]}}"))
        .good(
            text("{'i': -9223372036854775808, 'u': 18446744073709551615}"),
            plain("{'i':-9223372036854775808,'u':18446744073709551615}"))
        .good(
            text("{'f': 1e20, 'g': 0.1, 'h': 1.7976931348623157e308}"),
            plain("{'f':100000000000000000000,'g':0.1,'h':1.7976931348623157e308}"))
        .good(
            text(
                "{'x': 0.00000014999999999999999321221677388293880284209080855362117290496826171875}"),
            plain("{'x':1.5e-7}"))
        .good(
            text("{'d': '2024-01-02', 't': '2024-01-02 03:04:05.678000', 'n': '12'}"),
            plain("{'d':'2024-01-02','n':'12','t':'2024-01-02 03:04:05.678000'}"))
        .good(
            text("{'a': [{'b': 1}, {'b': 'x'}], 'c': [[1], [2.5]], 'd': [true]}"),
            plain("{'a':[{'b':1},{'b':'x'}],'c':[[1],[2.5]],'d':[true]}"))
        .good(
            text(
                "{'a': [{'b': true}, {'b': 'x'}, 'x'], 'd': ['2024-01-02', '2024-01-02 03:04:05']}"),
            plain("{'a':[{'b':true},{'b':'x'},'x'],'d':['2024-01-02','2024-01-02 03:04:05']}"))
        .bad(text("[1]"), "is not an object, which ClickHouse's JSON needs: set json to STRING")
        .bad(text("null"), "is not an object")
        .bad(text("1"), "is not an object")
        .bad(text("{'a': 18446744073709551616}"), "is beyond ClickHouse's JSON")
        .bad(text("{'a': 0.1234567890123456789}"), "would be rounded")
        .bad(text("{'a': [9007199254740993, 0.5]}"), "would round a whole number")
        .bad(text("{'a': [[true], [1]]}"), "booleans and numbers")
        .bad(text("{'a': [true, 'x']}"), "booleans and texts")
        .bad(text("{'a': [{'b': [['x'], [null, false]]}]}"), "booleans and texts")
        .bad(text("{'a': {'b.c': 1}}"), "value b.c is a name with a dot")
        .bad(text("{"), "not a JSON document")
        .bad("{}")
        .bad("1");
  }

  private static TypeCase json(String target) {
    return TypeCase.of("JSON", null, "string", "io.debezium.data.Json", target);
  }

  private static String plain(String document) {
    return document.replace('\'', '"');
  }

  private static String text(String document) {
    return "\"" + document.replace("'", "\\\"") + "\"";
  }
}
