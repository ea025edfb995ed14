package dev.lockstep.system.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.junit.Servers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Text in every charset that the server lists. */
@Tag("types")
@ExtendWith({Servers.class, OnTypesStack.class})
class CharsetsTest {
  @TestFactory
  Stream<DynamicTest> everyCharacterArrivesFromEveryCharset(TypesStack stack) throws Exception {
    List<Scenario> all = CharsetScenarios.all(stack.both());
    assertThat(all).hasSizeGreaterThan(40);
    Scenarios scenarios =
        new Scenarios(stack, "types-charsets", CharsetScenarios.DATABASE, all).run();
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
}
