package dev.lockstep.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.internals.Topic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("main-job")
class TopicNamesTest {
  private final TopicNames names = new TopicNames("lockstep");

  @ParameterizedTest
  @ValueSource(strings = {"shop", "my shop", "käse", "a/b", "漢😀", "a_b"})
  void everyConnectorsSchemaHistoryIsALegalTopic(String connector) {
    Topic.validate(names.schemaHistory(connector));
  }

  @Test
  void connectorsWithOddNamesDoNotShareATopic() {
    assertThat(names.schemaHistory("a b")).isNotEqualTo(names.schemaHistory("a_b"));
    assertThat(names.schemaHistory("inventory-connector"))
        .isEqualTo("lockstep.schema-history.inventory-connector");
  }
}
