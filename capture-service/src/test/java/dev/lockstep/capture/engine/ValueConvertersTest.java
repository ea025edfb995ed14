package dev.lockstep.capture.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.charsets.TextConverter;
import dev.lockstep.capture.json.JsonTextConverter;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("types")
class ValueConvertersTest {
  @Test
  void oursStandAloneWhereTheOperatorHasNone() {
    assertThat(with(Map.of()))
        .containsEntry("converters", "lockstepText,lockstepJson")
        .containsEntry("lockstepText.type", TextConverter.class.getName())
        .containsEntry("lockstepJson.type", JsonTextConverter.class.getName());
  }

  @Test
  void theOperatorsComeFirstAndStayAsTheyAre() {
    assertThat(with(Map.of("converters", "isbn, mine", "isbn.type", "a.B", "mine.type", "c.D")))
        .containsEntry("converters", "isbn, mine,lockstepText,lockstepJson")
        .containsEntry("isbn.type", "a.B")
        .containsEntry("mine.type", "c.D");
  }

  @Test
  void oursTakeAnotherNameWhenTheOperatorHasThatOne() {
    assertThat(
            with(
                Map.of(
                    "converters", "a, lockstepText",
                    "lockstepText.type", "a.B",
                    "lockstepJson.schema.name", "x")))
        .containsEntry("converters", "a, lockstepText,lockstepText_,lockstepJson_")
        .containsEntry("lockstepText.type", "a.B")
        .containsEntry("lockstepText_.type", TextConverter.class.getName())
        .containsEntry("lockstepJson_.type", JsonTextConverter.class.getName());
  }

  private static Properties with(Map<String, String> config) {
    Properties properties = new Properties();
    properties.putAll(config);
    ValueConverters.addTo(properties);
    return properties;
  }
}
