package dev.lockstep.apply.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.apply.TargetSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClickHouseUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://a:8123 | http://a:8123",
        "http://a | http://a:8123",
        "https://a | https://a:8443",
        "http://a:1,b:2,c | http://a:1,http://b:2,http://c:8123",
        "https://a:1, https://b | https://a:1,https://b:8443",
        "http://proxy:80/clickhouse | http://proxy:80/clickhouse",
        "http://[::1]:8123,[::1]:8124 | http://[::1]:8123,http://[::1]:8124"
      })
  void namesHostsOfOneScheme(String written, String hosts) {
    assertThat(ClickHouseUrl.valueOf(written)).hasToString(hosts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a:8123",
        "tcp://a:9000",
        "http://a,",
        "http://a,https://b",
        "http://a,a:8123",
        "http:a"
      })
  void saysWhatIsWrong(String written) {
    assertThatThrownBy(() -> ClickHouseUrl.valueOf(written))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://me:s3cr3t@a:8123", "http://a:8123?password=s3cr3t"})
  void showsNoPassword(String written) {
    assertThatThrownBy(() -> ClickHouseUrl.valueOf(written))
        .hasMessageContaining("keys of their own")
        .message()
        .doesNotContain("s3cr3t");
  }

  @Test
  void isReadFromAProperty() {
    assertThat(TargetSettings.of(Map.of()).url()).hasToString("http://localhost:8123");
    assertThat(TargetSettings.of(Map.of("url", "http://a:1,b:2")).url().hosts()).hasSize(2);
  }
}
