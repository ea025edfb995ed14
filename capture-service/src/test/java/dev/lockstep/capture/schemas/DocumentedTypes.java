package dev.lockstep.capture.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of types in {@code docs/types.md}. */
final class DocumentedTypes {
  private static final Pattern NAME = Pattern.compile("`([A-Z][^`]*)`");

  private DocumentedTypes() {}

  /** Each as the page has it, with what is written in DDL: lengths and options are filled in. */
  static Map<String, String> written() throws IOException {
    Map<String, String> types = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "types.md"))) {
      if (line.startsWith("## Options")) {
        break;
      }
      if (line.startsWith("| `")) {
        Matcher name = NAME.matcher(line.substring(0, line.indexOf('|', 1)));
        name.results().forEach(found -> types.put(found.group(1), written(found.group(1))));
      }
    }
    assertThat(types).hasSizeGreaterThan(90);
    return types;
  }

  private static String written(String name) {
    String type = name.replace("(p, s)", "(12, 3)").replace("(n)", "(3)");
    if (type.matches("(ENUM|SET).*")) {
      return type.replaceFirst("ENUM|SET", "$0('a', 'b')");
    }
    if (type.matches("(?!LONG).*(VARCHAR|VARYING|VARBINARY).*") && !type.contains("(")) {
      return type.replaceFirst("( BINARY)?$", "(9)$1");
    }
    return type;
  }
}
