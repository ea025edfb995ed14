package dev.lockstep.admin.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "database.password",
        "DATABASE.PASSWORD",
        "database.ssl.keystore.password",
        "database.ssl.truststore.password",
        "schema.history.internal.producer.sasl.jaas.config",
        "schema.history.internal.consumer.ssl.keystore.key",
        "ssl.key.password",
        "some.secret",
        "oauth.token",
        "gcp.credentials",
        "a.private.key",
        "a.privateKey",
        "key.passphrase",
        "aws.access.key.id",
        "basic.auth.user.info"
      })
  void theValuesOfThese(String key) {
    assertThat(Secrets.mask(Map.of(key, "value"))).containsEntry(key, "********");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "database.user",
        "database.hostname",
        "topic.prefix",
        "message.key.columns",
        "key.converter",
        "snapshot.mode",
        "table.include.list",
        "schema.history.internal.kafka.topic"
      })
  void butNotOfThese(String key) {
    assertThat(Secrets.mask(Map.of(key, "value"))).containsEntry(key, "value");
  }

  @Test
  void aUrlWithAPasswordIsASecretUnderAnyKey() {
    assertThat(Secrets.mask(Map.of("proxy", "http://me:pw@host/", "plain", "http://host:80/")))
        .containsEntry("proxy", "********")
        .containsEntry("plain", "http://host:80/");
  }

  @Test
  void aPlaceholderIsShownAndWhatStandsBesideItIsNot() {
    var config =
        Map.of(
            "database.password", "${file:/run/secrets/mysql.properties:password}",
            "database.ssl.keystore.password", "${dir:/run/secrets:keystore}${env:SUFFIX}",
            "proxy", "http://me:${env:PROXY_PASSWORD}@host/",
            "some.token", "clear${env:REST}",
            "other.token", "${vault:token}");
    assertThat(Secrets.mask(config))
        .containsEntry("database.password", "${file:/run/secrets/mysql.properties:password}")
        .containsEntry(
            "database.ssl.keystore.password", "${dir:/run/secrets:keystore}${env:SUFFIX}")
        .containsEntry("proxy", "http://me:${env:PROXY_PASSWORD}@host/")
        .containsEntry("some.token", "********")
        .containsEntry("other.token", "********");
  }

  @Test
  void theMaskKeepsWhatIsStoredUnderTheSameKey() {
    var stored = Map.of("database.password", "dbz");
    var sent =
        Map.of("database.password", "********", "ssl.password", "********", "database.port", "1");
    assertThat(Secrets.restore(sent, stored))
        .containsEntry("database.password", "dbz")
        .containsEntry("ssl.password", "********")
        .containsEntry("database.port", "1");
  }
}
