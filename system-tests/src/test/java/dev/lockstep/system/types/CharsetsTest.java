package dev.lockstep.system.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.junit.Servers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Text in every charset that the server lists. */
@Tag("types")
@ExtendWith({Servers.class, OnTypesStack.class})
class CharsetsTest {
  private static final String CONNECTOR = "types-charsets";
  private static List<Scenario> all = List.of();
  private static Scenarios scenarios;

  @BeforeAll
  static void carryOut(TypesStack stack) throws Exception {
    all = CharsetScenarios.all(stack.both());
    assertThat(all).hasSizeGreaterThan(40);
    scenarios = new Scenarios(stack, CONNECTOR, CharsetScenarios.DATABASE, all).run();
  }

  @TestFactory
  Stream<DynamicTest> everyCharacterArrivesFromEveryCharset() {
    return all.stream()
        .map(
            scenario ->
                DynamicTest.dynamicTest(
                    scenario.label(),
                    () -> {
                      assertThat(scenarios.afterSnapshot(scenario)).isEmpty();
                      assertThat(scenarios.afterStream(scenario)).isEmpty();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyByteOfNoCharacterIsInTheDeadLetters(TypesStack stack) throws Exception {
    Map<String, Set<Integer>> expected = new TreeMap<>();
    for (String charset : CharsetScenarios.ofSingleBytes(stack.both())) {
      expected.put(charset, CharsetScenarios.undecodable(stack.both(), charset));
    }
    assertThat(expected).hasSizeGreaterThan(20);
    assertThat(expected.get("cp1250")).contains(2_000_000 + 0x81, 3_000_000 + 0x81);
    int count = expected.values().stream().mapToInt(Set::size).sum();
    Map<String, Set<Integer>> seen =
        Eventually.eventuallySees(
            "the dead letters of single bytes",
            TypesStack.LIMIT,
            () -> letters(stack),
            letters -> letters.values().stream().mapToInt(Set::size).sum() >= count);
    return expected.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(),
                    () ->
                        assertThat(seen.getOrDefault(each.getKey(), Set.of()))
                            .isEqualTo(each.getValue())));
  }

  /** The ids of the rows of each charset, but for those of characters in tis620. */
  private static Map<String, Set<Integer>> letters(TypesStack stack) {
    Map<String, Set<Integer>> ids = new TreeMap<>();
    String prefix = CharsetScenarios.DATABASE + ".in_";
    Letter.byTable(stack, CONNECTOR)
        .forEach(
            (table, letters) ->
                letters.stream()
                    .filter(
                        letter ->
                            CharsetScenarios.isSingleByte(letter.id())
                                || !table.equals(prefix + "tis620"))
                    .forEach(
                        letter ->
                            ids.computeIfAbsent(
                                    table.substring(prefix.length()), _ -> new TreeSet<>())
                                .add(letter.id())));
    return ids;
  }
}
