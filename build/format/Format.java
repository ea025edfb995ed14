import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks that every Java file below the given folders is as google-java-format writes it, or rewrites it.
 *
 * <p>Maven runs on JDK 17, whose parser does not know record patterns; the formatter uses the parser of the JDK it
 * runs on, so the build starts this with its toolchain's JDK. Usage: {@code java Format.java check|apply FOLDER...}
 */
class Format {
  public static void main(String[] args) throws Exception {
    boolean apply = args[0].equals("apply");
    var formatter = new Formatter(JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.GOOGLE).build());
    List<Path> wrong = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      for (Path file : javaFiles(Path.of(args[i]))) {
        String before = Files.readString(file);
        String after = before;
        after = RemoveUnusedImports.removeUnusedImports(after);
        after = ImportOrderer.reorderImports(after, JavaFormatterOptions.Style.GOOGLE);
        after = formatter.formatSource(after);
        if (!after.equals(before)) {
          wrong.add(file);
          if (apply) {
            Files.writeString(file, after);
          }
        }
      }
    }
    if (!apply && !wrong.isEmpty()) {
      System.err.println("Not formatted; './lockstep format' mends it:");
      wrong.forEach(file -> System.err.println("  " + file));
      System.exit(1);
    }
  }

  private static List<Path> javaFiles(Path folder) throws Exception {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
