package dev.lockstep.stack.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("main-job")
class CacheTest {
  private final AtomicInteger fetches = new AtomicInteger();
  @TempDir Path folder;

  private void fetch(Path into) throws IOException {
    fetches.incrementAndGet();
    Files.writeString(into.resolve("software"), "all of it");
  }

  @Test
  void whatWasFetchedIsUsedAgain() {
    Path first = new Cache(folder).get("thing", this::fetch);
    Path second = new Cache(folder).get("thing", this::fetch);

    assertThat(second).isEqualTo(first);
    assertThat(fetches).hasValue(1);
  }

  @Test
  void whatIsDamagedIsFetchedAgain() throws IOException {
    Path thing = new Cache(folder).get("thing", this::fetch);
    Files.writeString(thing.resolve("software"), "half");

    new Cache(folder).get("thing", this::fetch);

    assertThat(thing.resolve("software")).hasContent("all of it");
    assertThat(fetches).hasValue(2);
  }

  @Test
  void aFetchThatFailsLeavesNothingUnderTheName() {
    Cache cache = new Cache(folder);
    Cache.Fetch broken =
        into -> {
          Files.writeString(into.resolve("software"), "half");
          throw new StackException("the network is down");
        };

    assertThatThrownBy(() -> cache.get("thing", broken)).hasMessage("the network is down");
    assertThat(folder.resolve("thing")).doesNotExist();

    cache.get("thing", this::fetch);
    assertThat(folder.resolve("thing/software")).hasContent("all of it");
  }

  @Test
  void anotherCpuIsToldWhatIsMissingAndWhatToDo() {
    assertThatThrownBy(() -> Platform.of("Linux", "riscv64"))
        .hasMessageContaining("riscv64")
        .hasMessageContaining("deploy/compose");
    assertThat(Platform.of("Linux", "amd64").npm()).isEqualTo("linux-x64-gnu");
    assertThat(Platform.of("Mac OS X", "aarch64").npm()).isEqualTo("darwin-arm64");
  }

  @Test
  void aMissingProgramIsNamed() {
    assertThatThrownBy(() -> Platform.needs("MySQL", "sh", "no-such-program"))
        .hasMessageContaining("`no-such-program`")
        .hasMessageContaining("deploy/compose");
  }

  @Test
  void anUnexpectedEndOfACommandShowsItsLastWords() {
    assertThatThrownBy(
            () ->
                Command.run(
                    folder,
                    Duration.ofSeconds(10),
                    List.of("sh", "-c", "echo no route >&2; exit 7")))
        .hasMessageContaining("exit code 7")
        .hasMessageContaining("no route");
  }
}
