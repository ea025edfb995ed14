package dev.lockstep.capture.credentials;

import dev.lockstep.capture.credentials.Resolution.Unresolved;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says why a placeholder has no value, and the way out. */
final class Lacking {
  private static final String PATHS = "lockstep.capture.credentials.allowed-paths";

  private final CredentialsSettings settings;

  Lacking(CredentialsSettings settings) {
    this.settings = settings;
  }

  Unresolved provider(String key, String placeholder, String name) {
    return new Unresolved(
        key,
        "`" + placeholder + "` names the provider `" + name + "`, which there is not.",
        "Use ${env:NAME}, ${file:path:key} or ${dir:path:file}.");
  }

  Unresolved literal(String key, String placeholder) {
    return new Unresolved(
        key,
        "`" + placeholder + "` stands where the other services read the value itself.",
        "Write the value of `" + key + "` out.");
  }

  Unresolved readable(String key, String placeholder, Exception failure) {
    return new Unresolved(
        key,
        "`" + placeholder + "` can't be read by capture-service: " + failure.getMessage() + ".",
        "See that it is written as ${env:NAME}, ${file:path:key} or ${dir:path:file}, and that the"
            + " file is there and readable on every replica of capture-service.");
  }

  Unresolved value(String key, String placeholder, String provider, String path, String name) {
    return switch (provider) {
      case "env" -> variable(key, placeholder, name);
      case "file" -> fileKey(key, placeholder, path, name);
      case "dir" -> file(key, placeholder, path, name);
      default -> throw new IllegalArgumentException("No such provider: " + provider);
    };
  }

  private Unresolved variable(String key, String placeholder, String name) {
    return name.matches(settings.environment())
        ? new Unresolved(
            key,
            "The environment variable of `" + placeholder + "` is not set for capture-service.",
            "Set " + name + " for every replica of capture-service and start it again.")
        : new Unresolved(
            key,
            "The environment variable of `" + placeholder + "` may not be read by configs.",
            "Let lockstep.capture.credentials.environment match " + name + ", or use another.");
  }

  private Unresolved fileKey(String key, String placeholder, String path, String name) {
    if (path.isEmpty()) {
      return new Unresolved(
          key, "`" + placeholder + "` names no file.", "Write it as ${file:path:key}.");
    }
    if (isOutside(path)) {
      return outside(key, placeholder);
    }
    return new Unresolved(
        key,
        "The file of `" + placeholder + "` has no key `" + name + "`.",
        "Add a line " + name + "=… to it: it is read as Java properties.");
  }

  private Unresolved file(String key, String placeholder, String path, String name) {
    if (path.isEmpty()) {
      return new Unresolved(
          key, "`" + placeholder + "` names no folder.", "Write it as ${dir:path:file}.");
    }
    if (isOutside(path)) {
      return outside(key, placeholder);
    }
    return new Unresolved(
        key,
        Files.isDirectory(Path.of(path))
            ? "The folder of `" + placeholder + "` has no file `" + name + "`."
            : "The folder of `" + placeholder + "` does not exist for capture-service.",
        "Put it there, or mount it, on every replica of capture-service.");
  }

  private boolean isOutside(String path) {
    Path normal = Path.of(path).normalize();
    return !settings.allowedPaths().isEmpty()
        && settings.allowedPaths().stream()
            .map(allowed -> Path.of(allowed).normalize())
            .noneMatch(normal::startsWith);
  }

  private static Unresolved outside(String key, String placeholder) {
    return new Unresolved(
        key,
        "The path of `" + placeholder + "` is none that configs may read.",
        "Add it to " + PATHS + ", or move the file under one that is there.");
  }
}
