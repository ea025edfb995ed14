package dev.lockstep.capture.preflight;

import dev.lockstep.capture.credentials.Credentials;
import dev.lockstep.capture.credentials.Redaction;
import dev.lockstep.capture.credentials.Resolution;
import dev.lockstep.capture.engine.ServerIds;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.kafka.TopicNames;
import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import dev.lockstep.common.preflight.PreflightRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether a connector could run, before it is accepted: first its keys and settings, then,
 * where these permit, the source that they name.
 */
public final class Preflight {
  private static final Logger log = LoggerFactory.getLogger(Preflight.class);

  private final TopicNames topics;
  private final Credentials credentials;
  private final Duration limit;

  /**
   * Prepares checks.
   *
   * @param topics Lockstep's own topics, which data topics must stay clear of
   * @param credentials resolves what configs take from files and the environment
   * @param limit how long the source may take in all
   */
  Preflight(TopicNames topics, Credentials credentials, Duration limit) {
    this.topics = topics;
    this.credentials = credentials;
    this.limit = limit;
  }

  /** Checks; whatever is wrong with the config or the source is a finding, never an exception. */
  PreflightReport check(PreflightRequest request) throws InterruptedException {
    Findings findings = new Findings();
    Resolution resolved = credentials.resolve(request.config());
    resolved
        .unresolved()
        .forEach(item -> findings.error(item.key(), item.problem(), item.remedy()));
    if (!findings.anyError()) {
      Map<String, String> config = new HashMap<>(resolved.config());
      config.putIfAbsent(ServerIds.KEY, String.valueOf(ServerIds.next()));
      if (request.snapshot() == null) {
        check(request.connector(), config, findings);
      } else {
        var check = new SnapshotCheck(config, request.snapshot(), findings);
        ask(request.connector(), check::run, findings);
      }
    }
    boolean defined = Boolean.TRUE.equals(request.definitions());
    var report =
        new PreflightReport(
            redacted(findings, resolved.redaction()),
            defined ? ConfigDefinitions.all(request.config()) : List.of());
    log.atInfo()
        .addKeyValue("connector", request.connector())
        .addKeyValue("errors", count(report, Severity.ERROR))
        .addKeyValue("warnings", count(report, Severity.WARNING))
        .log("Preflight done");
    return report;
  }

  private static List<Finding> redacted(Findings findings, Redaction redaction) {
    return findings.stream()
        .map(
            found ->
                new Finding(
                    found.severity(),
                    found.key(),
                    redaction.of(found.problem()),
                    redaction.of(found.remedy())))
        .toList();
  }

  private void check(String connector, Map<String, String> config, Findings findings)
      throws InterruptedException {
    if (LockstepRules.checkClass(config, findings)) {
      KeyCheck.check(config, findings);
      SettingsCheck.check(config, findings);
      LockstepRules.check(config, topics, findings);
      PluginCheck.check(config, findings);
      if (!findings.anyError(Preflight::concernsConnection)) {
        askSource(connector, config, findings);
      }
    }
  }

  /**
   * What the source itself has that would stop a connector which was accepted earlier: settings and
   * privileges that were changed since. A source that does not answer has nothing to say here; the
   * engine meets that by itself, and tries again.
   */
  public List<String> problems(ConnectorSpec spec, boolean withSnapshot) {
    Findings findings = new Findings();
    new SourceCheck(spec.config(), findings).beforeStart(withSnapshot);
    return findings.stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .map(finding -> finding.key() + ": " + finding.problem() + " " + finding.remedy())
        .toList();
  }

  private static long count(PreflightReport report, Severity severity) {
    return report.findings().stream().filter(finding -> finding.severity() == severity).count();
  }

  /** Only an error in one of these makes asking the source pointless. */
  private static boolean concernsConnection(String key) {
    boolean filter = key.endsWith(".list") || key.equals("database.server.id");
    return key.startsWith("driver.") || (key.startsWith("database.") && !filter);
  }

  private void askSource(String connector, Map<String, String> config, Findings findings)
      throws InterruptedException {
    boolean withTables = !findings.anyError();
    var source = new SourceCheck(config, findings);
    ask(connector, () -> source.run(withTables), findings);
  }

  /**
   * On a thread of its own: a name look-up can't be interrupted, and must not outlast the limit.
   */
  private void ask(String connector, Runnable question, Findings findings)
      throws InterruptedException {
    var task = new FutureTask<>(question, true);
    Thread.ofPlatform().name("preflight-source").daemon().start(task);
    try {
      task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      tookTooLong(findings);
    } catch (ExecutionException e) {
      unforeseen(connector, Objects.requireNonNullElse(e.getCause(), e), findings);
    }
  }

  private void tookTooLong(Findings findings) {
    findings.error(
        "database.hostname",
        "The source was not checked within " + limit.toSeconds() + " seconds.",
        "Check that the server answers swiftly at `database.hostname`, then try again.");
  }

  private static void unforeseen(String connector, Throwable cause, Findings findings) {
    // Without its message: a library's message may quote the config.
    log.atError()
        .addKeyValue("connector", connector)
        .addKeyValue("cause", cause.getClass().getName())
        .addKeyValue("at", cause.getStackTrace().length == 0 ? "" : cause.getStackTrace()[0])
        .log("A preflight failed");
    findings.error(
        LockstepRules.CONNECTOR_CLASS,
        "Debezium refused the config for a reason that has no key ("
            + cause.getClass().getSimpleName()
            + ").",
        "Compare the config with Debezium's documentation of the connector.");
  }
}
