package dev.lockstep.stack.launcher;

import dev.lockstep.stack.StackException;
import dev.lockstep.stack.process.Folders;
import dev.lockstep.stack.process.ProcessStop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Stops what runs, in order: changes first, then readers before what they read from. */
final class Down {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Down() {}

  static int run(Settings settings, boolean purge) {
    State state = State.load(settings.home());
    boolean any = stop(settings, state, Part.IN_STOP_ORDER);
    if (!any) {
      Console.progress("Nothing of Lockstep is running.");
    }
    state.clear();
    if (purge) {
      purge(settings);
    }
    return 0;
  }

  /** Stops those of the parts that live, and says whether there were any. */
  static boolean stop(Settings settings, State state, List<Part> parts) {
    boolean any = false;
    for (Part part : parts) {
      Optional<ProcessHandle> process = state.alive(part).flatMap(StartedProcess::handle);
      if (process.isPresent()) {
        any = true;
        if (part == Part.MYSQL) {
          BinlogReaders.end(Servers.of(settings.withPorts(state.ports())).mysql());
        }
        stop(part, process.get());
      }
    }
    return any;
  }

  private static void stop(Part part, ProcessHandle process) {
    long begin = System.nanoTime();
    boolean byItself = ProcessStop.terminate(process, LIMIT);
    Console.progress(
        "%s stopped (%.1f s)%s"
            .formatted(
                part.title,
                (System.nanoTime() - begin) / 1e9,
                byItself ? "" : ", killed, for it did not end by itself"));
  }

  /** Deletes what Lockstep made and nothing else: the folder may be one that the user chose. */
  private static void purge(Settings settings) {
    try {
      for (Part part : Part.values()) {
        Folders.delete(settings.folder(part));
      }
      Folders.delete(settings.home().resolve("lib"));
      Files.deleteIfExists(settings.home().resolve("launcher.jsa"));
      deleteIfEmpty(settings.home());
      Console.progress("Data, logs and state in %s are deleted.".formatted(settings.home()));
    } catch (IOException e) {
      throw new StackException(
          "%s can't be deleted: %s".formatted(settings.home(), e.getMessage()), e);
    }
  }

  private static void deleteIfEmpty(Path home) throws IOException {
    if (!Files.isDirectory(home)) {
      return;
    }
    boolean empty;
    try (Stream<Path> files = Files.list(home)) {
      empty = files.findAny().isEmpty();
    }
    if (empty) {
      Files.delete(home);
    }
  }
}
