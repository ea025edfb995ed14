package dev.lockstep.stack.launcher;

import dev.lockstep.stack.StackException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Behind {@code ./lockstep}: {@code Main PROJECT COMMAND [ARGUMENT...]}. */
public final class Main {
  /** Every error that the user has to see ends here, in one line and exit code 1. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    try {
      Settings settings = Settings.of(Path.of(args[0]), System.getenv());
      List<String> rest = List.of(args).subList(2, args.length);
      return switch (args[1]) {
        case "up" -> up(settings, options(rest, Set.of("--detach", "--no-demo")));
        case "status" -> new Status(settings).print();
        case "sql" -> Sql.run(settings, rest);
        case "down" -> down(settings, options(rest, Set.of("--purge")));
        default ->
            throw new StackException(
                "Unknown command '%s'; './lockstep help' lists them".formatted(args[1]));
      };
    } catch (StackException e) {
      System.err.println("lockstep: " + e.getMessage());
      return 1;
    }
  }

  private static int up(Settings settings, List<String> options) {
    return new Up(settings, options.contains("--detach"), !options.contains("--no-demo")).run();
  }

  private static int down(Settings settings, List<String> options) {
    return Down.run(settings, options.contains("--purge"));
  }

  private static List<String> options(List<String> given, Set<String> known) {
    for (String option : given) {
      if (!known.contains(option)) {
        throw new StackException(
            "Unknown option '%s'; this command takes %s"
                .formatted(option, String.join(", ", known)));
      }
    }
    return given;
  }

  private Main() {}
}
