package dev.lockstep.stack.fetch;

import dev.lockstep.stack.StackException;
import dev.lockstep.stack.process.Folders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps what was fetched, for all builds of this user: {@code ~/.cache/lockstep}, or {@code
 * LOCKSTEP_CACHE}. A folder appears under its name only once it is complete, and one process at a
 * time fetches it.
 */
final class Cache {
  private static final Duration LOCK_LIMIT = Duration.ofMinutes(10);

  private static final Map<Path, Object> IN_THIS_JVM = new ConcurrentHashMap<>();

  private final Path folder;

  Cache(Path folder) {
    this.folder = folder;
  }

  static Cache ofUser(Map<String, String> environment) {
    String named = environment.getOrDefault("LOCKSTEP_CACHE", "");
    return new Cache(
        named.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache", "lockstep")
            : Path.of(named).toAbsolutePath());
  }

  /** Fills an empty folder. */
  interface Fetch {
    void into(Path emptyFolder) throws IOException;
  }

  /** The folder of that name, fetched first when it is not there or not whole. */
  Path get(String name, Fetch fetch) {
    Path wanted = folder.resolve(name);
    // a file lock keeps other processes out, but not other threads of this one
    synchronized (IN_THIS_JVM.computeIfAbsent(wanted, path -> new Object())) {
      try {
        Files.createDirectories(folder);
        getAlone(wanted, fetch);
        return wanted;
      } catch (IOException e) {
        throw new StackException(
            "The cache %s can't be used: %s. LOCKSTEP_CACHE names another."
                .formatted(folder, e.getMessage()),
            e);
      }
    }
  }

  private void getAlone(Path wanted, Fetch fetch) throws IOException {
    Path lockFile = folder.resolve("." + wanted.getFileName() + ".lock");
    try (FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock lock = lock(channel, wanted.getFileName());
      try {
        if (!isWhole(wanted)) {
          fetch(wanted, fetch);
        }
      } finally {
        lock.release();
      }
    }
  }

  private static boolean isWhole(Path wanted) throws IOException {
    if (!Files.exists(wanted)) {
      return false;
    }
    Optional<String> damage = Manifest.damage(wanted);
    damage.ifPresent(
        what -> Progress.say("%s is damaged (%s): fetching it again".formatted(wanted, what)));
    return damage.isEmpty();
  }

  private void fetch(Path wanted, Fetch fetch) throws IOException {
    Path partial = folder.resolve("." + wanted.getFileName() + ".partial");
    Folders.delete(partial);
    Files.createDirectories(partial);
    fetch.into(partial);
    Manifest.write(partial);
    Folders.delete(wanted);
    Files.move(partial, wanted, StandardCopyOption.ATOMIC_MOVE);
    Progress.say(
        "kept %s in the cache (%d MB)"
            .formatted(wanted.getFileName(), Manifest.size(wanted) >> 20));
  }

  private static FileLock lock(FileChannel channel, Path name) throws IOException {
    long deadline = System.nanoTime() + LOCK_LIMIT.toNanos();
    boolean said = false;
    while (true) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() > deadline) {
        throw new StackException(
            "Another process has been fetching %s for %d minutes. Stop it and try again."
                .formatted(name, LOCK_LIMIT.toMinutes()));
      }
      if (!said) {
        Progress.say("waiting for another process that is fetching " + name);
        said = true;
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while waiting for the cache", e);
    }
  }
}
