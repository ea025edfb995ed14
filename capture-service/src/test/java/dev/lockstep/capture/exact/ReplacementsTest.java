package dev.lockstep.capture.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.connector.mysql.MySqlConnector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("types")
class ReplacementsTest {
  @Test
  void lockstepsClassesAreLoadedInPlaceOfDebeziums() {
    Replacements.verify();
    assertThat(Replacements.CLASSES)
        .hasSize(19)
        .allSatisfy(
            type ->
                assertThat(type.getProtectionDomain().getCodeSource().getLocation())
                    .isEqualTo(
                        Replacements.class.getProtectionDomain().getCodeSource().getLocation()));
  }

  @Test
  void eachStandsInForAClassThatDebeziumStillHas() throws Exception {
    for (Class<?> type : Replacements.CLASSES) {
      String file = type.getName().replace('.', '/') + ".class";
      assertThat(type.getClassLoader().resources(file)).as(type.getName()).hasSize(2);
    }
  }

  @Test
  void aClassOfDebeziumsOwnIsRefusedWithTheWayOut() {
    assertThatThrownBy(() -> Replacements.verify(MySqlConnector.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(MySqlConnector.class.getName())
        .hasMessageContaining("debezium-connector-mysql")
        .hasMessageContaining("before its libraries on the class path");
  }
}
