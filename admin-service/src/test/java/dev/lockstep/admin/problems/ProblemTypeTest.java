package dev.lockstep.admin.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTypeTest {
  @ParameterizedTest
  @EnumSource
  void everyProblemIsExplained(ProblemType type) throws Exception {
    String name = type.uri().substring("/problems/".length());
    assertThat(Files.readString(Path.of("..", "docs", "problems.md")))
        .contains("\n### " + name + "\n" + type.status().value() + ". ");
  }
}
