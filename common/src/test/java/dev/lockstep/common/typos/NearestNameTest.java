package dev.lockstep.common.typos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> NAMES =
      List.of("table.include.list", "table.exclude.list", "topic.prefix", "name");

  @Test
  void aMissingALeftOverAndASwappedLetterAreOneTypoEach() {
    assertThat(NearestName.typos("inclde", "include")).isEqualTo(1);
    assertThat(NearestName.typos("includde", "include")).isEqualTo(1);
    assertThat(NearestName.typos("incldue", "include")).isEqualTo(1);
    assertThat(NearestName.typos("inkludee", "include")).isEqualTo(2);
  }

  @Test
  void theNameWithTheFewestTyposIsMeant() {
    assertThat(NearestName.of("table.inclde.list", NAMES)).contains("table.include.list");
    assertThat(NearestName.of("tpoic.prefix", NAMES)).contains("topic.prefix");
  }

  @Test
  void whatResemblesNothingMeansNothing() {
    assertThat(NearestName.of("flavour", NAMES)).isEmpty();
    assertThat(NearestName.of("ab", NAMES)).isEmpty();
  }

  @Test
  void caseIsNoTypoAndShortNamesAreGuessedByOne() {
    assertThat(NearestName.of("Keyless", List.of("keyless", "tables"))).contains("keyless");
    assertThat(NearestName.of("NAM", NAMES)).contains("name");
    assertThat(NearestName.of("nme", List.of("no", "name"))).contains("name");
    assertThat(NearestName.of("ni", List.of("no"))).isEmpty();
  }

  @Test
  void aLongTextIsNotComparedWithAllNames() {
    assertThat(NearestName.of("x".repeat(1_000_000), NAMES)).isEmpty();
  }
}
