package dev.lockstep.capture.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.capture.credentials.Resolution.Unresolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("capture")
class CredentialsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("DB_USER", "debezium", "PORT", "33", "EMPTY", "");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("mysql.properties");
    Files.writeString(file, "password=s3cret:with\\u003d\nbad=x\n");
    Files.writeString(folder.resolve("keystore-password"), "changeit");
  }

  private Resolution resolve(String key, String value) {
    return resolve(CredentialsSettings.DEFAULT, key, value);
  }

  private static Resolution resolve(CredentialsSettings settings, String key, String value) {
    return new Credentials(settings, ENVIRONMENT).resolve(Map.of(key, value));
  }

  @Test
  void eachProviderGivesItsValueAlsoWithinALongerOne() {
    assertThat(resolve("database.user", "${env:DB_USER}").complete())
        .containsEntry("database.user", "debezium");
    assertThat(resolve("database.password", "${file:" + file + ":password}").complete())
        .containsEntry("database.password", "s3cret:with=");
    assertThat(resolve("a", "<${dir:" + folder + ":keystore-password}|${env:EMPTY}>").complete())
        .containsEntry("a", "<changeit|>");
  }

  @Test
  void aValueIsReadAnewEachTime() throws IOException {
    var credentials = new Credentials(CredentialsSettings.DEFAULT, ENVIRONMENT);
    Map<String, String> config = Map.of("p", "${file:" + file + ":password}");
    assertThat(credentials.resolve(config).complete()).containsEntry("p", "s3cret:with=");
    Files.writeString(file, "password=rotated\n");
    assertThat(credentials.resolve(config).complete()).containsEntry("p", "rotated");
  }

  @Test
  void whatIsNoPlaceholderStaysAsItIs() {
    for (String value : List.of("$1", "${x}", "p$${word}", "{env:DB_USER}", "if (${value:op}) 1")) {
      assertThat(resolve("any", value).complete()).containsEntry("any", value);
    }
  }

  @Test
  void whatIsMissingIsToldWithTheKeyTheCauseAndTheWayOut() {
    expect("${env:NOBODY}", "is not set", "Set NOBODY");
    expect("${env:a:B}", "can't be read", "${env:NAME}");
    expect("${file:" + file + ":user}", "has no key `user`", "user=");
    expect("${file:/nowhere/x:user}", "can't be read", "readable on every replica");
    expect("${file:only}", "names no file", "${file:path:key}");
    expect("${dir:" + folder + ":user}", "has no file `user`", "mount it");
    expect("${dir:/nowhere:user}", "does not exist", "mount it");
    expect("${dir:only}", "names no folder", "${dir:path:file}");
    expect("${vault:a:b}", "provider `vault`", "${env:NAME}");
  }

  private void expect(String value, String problem, String remedy) {
    Resolution resolution = resolve("database.password", value);
    assertThat(resolution.unresolved()).as(value).hasSize(1);
    Unresolved first = resolution.unresolved().getFirst();
    assertThat(first.key()).isEqualTo("database.password");
    assertThat(first.problem()).contains(value, problem);
    assertThat(first.remedy()).contains(remedy);
    assertThatThrownBy(resolution::complete)
        .isInstanceOf(CredentialsException.class)
        .hasMessageContainingAll("database.password", problem, remedy);
  }

  @Test
  void onlyWhatIsAllowedCanBeRead() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Files.writeString(inside.resolve("a"), "1");
    var settings = new CredentialsSettings(List.of(inside.toString()), "LOCKSTEP_.*");
    assertThat(resolve(settings, "p", "${dir:" + inside + ":a}").complete())
        .containsEntry("p", "1");
    for (String outside :
        List.of(
            "${file:" + file + ":password}",
            "${dir:" + inside + "/..:keystore-password}",
            "${env:DB_USER}")) {
      Resolution resolution = resolve(settings, "p", outside);
      assertThat(resolution.unresolved()).hasSize(1);
      Unresolved first = resolution.unresolved().getFirst();
      assertThat(first.problem()).contains(outside, "may");
      assertThat(first.remedy()).contains("lockstep.capture.credentials.");
    }
  }

  @Test
  void anAllowedPathThatIsNotThereIsRefusedAtStart() {
    assertThatThrownBy(
            () -> new Credentials(new CredentialsSettings(List.of("/nowhere/at/all"), ".*")))
        .hasMessageContainingAll("allowed-paths", "/nowhere/at/all", "Name absolute paths");
    assertThatThrownBy(() -> new CredentialsSettings(List.of(), "("))
        .hasMessageContaining("lockstep.capture.credentials.environment");
  }

  @Test
  void aKeyThatOtherServicesReadMustBeWrittenOut() {
    Unresolved first = resolve("topic.prefix", "${env:DB_USER}").unresolved().getFirst();
    assertThat(first.key()).isEqualTo("topic.prefix");
    assertThat(first.remedy()).contains("Write the value");
  }

  @Test
  void aResolvedValueIsTakenOutOfTextsAndFailures() {
    Redaction redaction =
        new Credentials(CredentialsSettings.DEFAULT, ENVIRONMENT)
            .resolve(Map.of("u", "${env:DB_USER}", "p", "${env:PORT}", "e", "${env:EMPTY}"))
            .redaction();
    assertThat(redaction.of("'debezium'@x:33 said 1334"))
        .isEqualTo("'${env:DB_USER}'@x:${env:PORT} said 1334");
    var cause = new SQLException("Access denied for user 'debezium'");
    Throwable clean = redaction.of((Throwable) new IllegalStateException("It ended", cause));
    assertThat(clean)
        .hasStackTraceContaining("SQLException: Access denied for user '${env:DB_USER}'");
    assertThat(clean.getStackTrace()).isNotEmpty();
    assertThat(clean.toString() + clean.getCause()).doesNotContain("debezium");
    Throwable harmless = new IllegalStateException("It ended");
    assertThat(redaction.of(harmless)).isSameAs(harmless);
    assertThat(redaction.of(new IllegalArgumentException("debezium")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
