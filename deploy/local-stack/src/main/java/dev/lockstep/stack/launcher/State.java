package dev.lockstep.stack.launcher;

import dev.lockstep.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was started, kept in {@code state.json} so that any later launcher knows it. Holds no
 * secrets.
 */
final class State {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * The file's content.
   *
   * @param given the servers that came from the environment
   */
  record Content(List<StartedProcess> processes, List<Part> given) {
    Content {
      processes = List.copyOf(processes);
      given = List.copyOf(given);
    }
  }

  private final Path file;
  private Content content;

  private State(Path file, Content content) {
    this.file = file;
    this.content = content;
  }

  static State load(Path home) {
    Path file = home.resolve("state.json");
    if (!Files.exists(file)) {
      return new State(file, new Content(List.of(), List.of()));
    }
    try {
      return new State(file, JSON.readValue(Files.readString(file), Content.class));
    } catch (IOException | JacksonException e) {
      throw new StackException(
          "%s can't be read (%s). Look for processes of Lockstep yourself, then delete it."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  synchronized List<StartedProcess> processes() {
    return content.processes();
  }

  synchronized Optional<StartedProcess> alive(Part part) {
    return content.processes().stream()
        .filter(process -> process.part() == part)
        .filter(StartedProcess::isAlive)
        .findFirst();
  }

  synchronized boolean isGiven(Part part) {
    return content.given().contains(part);
  }

  /** The ports of what is alive. */
  synchronized Map<Port, Integer> ports() {
    Map<Port, Integer> ports = new EnumMap<>(Port.class);
    content.processes().stream()
        .filter(StartedProcess::isAlive)
        .forEach(process -> ports.putAll(process.ports()));
    return ports;
  }

  synchronized void add(StartedProcess process) {
    List<StartedProcess> processes = new ArrayList<>(content.processes());
    processes.removeIf(other -> other.part() == process.part());
    processes.add(process);
    save(new Content(processes, content.given()));
  }

  synchronized void given(List<Part> parts) {
    save(new Content(content.processes(), parts));
  }

  synchronized void remove(Part part) {
    List<StartedProcess> processes = new ArrayList<>(content.processes());
    processes.removeIf(process -> process.part() == part);
    save(new Content(processes, content.given()));
  }

  synchronized void clear() {
    try {
      Files.deleteIfExists(file);
      content = new Content(List.of(), List.of());
    } catch (IOException e) {
      throw new StackException("%s can't be deleted: %s".formatted(file, e.getMessage()), e);
    }
  }

  private void save(Content next) {
    try {
      Files.createDirectories(file.getParent());
      Path partial = file.resolveSibling("state.json.partial");
      Files.writeString(partial, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(next));
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      content = next;
    } catch (IOException e) {
      throw new StackException("%s can't be written: %s".formatted(file, e.getMessage()), e);
    }
  }
}
