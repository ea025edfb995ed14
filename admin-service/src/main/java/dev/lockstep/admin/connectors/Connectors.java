package dev.lockstep.admin.connectors;

import dev.lockstep.admin.outbox.OutboxPublisher;
import dev.lockstep.admin.preflight.Preflight;
import dev.lockstep.admin.secrets.Secrets;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.control.Removal;
import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import dev.lockstep.common.preflight.PreflightRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;

/**
 * Changes connectors: checked here, then by capture-service, then stored, then published. Nothing
 * is stored of a change that is refused.
 */
public final class Connectors {
  private static final Logger log = LoggerFactory.getLogger(Connectors.class);

  /** A stored change reaches Kafka by itself: a request waits no longer than this for it. */
  private static final Duration PUBLISH_WAIT = Duration.ofSeconds(2);

  /** What is not removed by then goes on being removed. */
  private static final Duration DELETION_WAIT = Duration.ofSeconds(5);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final ConnectorStore store;
  private final Preflight preflight;
  private final OutboxPublisher publisher;
  private final Adoption adoption;
  private final Deletions deletions;

  /**
   * What a PUT did.
   *
   * @param connector the connector as it is now
   * @param created whether it is new
   */
  public record Put(Connector connector, boolean created) {}

  /** Connectors of this store. */
  public Connectors(
      ConnectorStore store,
      Preflight preflight,
      OutboxPublisher publisher,
      Adoption adoption,
      Deletions deletions) {
    this.store = store;
    this.preflight = preflight;
    this.publisher = publisher;
    this.adoption = adoption;
    this.deletions = deletions;
  }

  /** All connectors by name. */
  public List<Connector> list() {
    return store.list();
  }

  /**
   * The connector of this name.
   *
   * @throws ConnectorException.Unknown when there is none
   */
  public Connector get(String name) {
    return store.find(name).orElseThrow(() -> new ConnectorException.Unknown(name));
  }

  /**
   * Makes a new connector.
   *
   * @throws ConnectorException when it is refused
   */
  public Connector create(String name, Map<String, String> config) {
    adoption.requireSettled();
    store.find(name).ifPresent(Connectors::refuseTaken);
    return storeNew(name, check(name, config));
  }

  /**
   * Makes a connector or changes its config. A masked value keeps what is stored.
   *
   * @throws ConnectorException when it is refused
   */
  public Put put(String name, Map<String, String> config) {
    adoption.requireSettled();
    Optional<Connector> stored = store.find(name);
    if (stored.isEmpty()) {
      return new Put(storeNew(name, check(name, config)), true);
    }
    Connector before = stored.get();
    requireAlive(before);
    Map<String, String> checked = check(name, Secrets.restore(config, before.config()));
    try {
      Connector after = store.update(before, checked);
      changed("Connector changed", after);
      return new Put(after, false);
    } catch (DuplicateKeyException e) {
      throw new ConnectorException.ChangedMeanwhile(name);
    }
  }

  /**
   * Makes a connector do this from now on; nothing happens when it shall do so already.
   *
   * @throws ConnectorException.Unknown when there is none of that name
   */
  public void want(String name, DesiredState state) {
    adoption.requireSettled();
    if (requireAlive(get(name)).desiredState() != state) {
      changed("Connector shall be " + state, store.want(name, before -> state));
    }
  }

  /**
   * Begins a connector anew from its committed place, with what it shall do unchanged.
   *
   * @throws ConnectorException.Unknown when there is none of that name
   */
  public void restart(String name) {
    adoption.requireSettled();
    requireAlive(get(name));
    changed("Connector is restarted", store.want(name, before -> before));
  }

  /**
   * Deletes a connector and nothing else: its place, its topics and its schemas stay.
   *
   * @throws ConnectorException.Unknown when there is none of that name
   */
  public void delete(String name) {
    adoption.requireSettled();
    store.delete(name);
    log.atInfo().addKeyValue("connector", name).log("Connector deleted");
    awaitPublished();
  }

  /**
   * Deletes a connector with more than itself: capture-service removes that, and the connector is
   * shown until it has.
   *
   * @param removals what goes too; a schema history whose topic another connector uses stays
   * @return whether all of it happened before this returned
   * @throws ConnectorException.Unknown when there is none of that name
   */
  public boolean delete(String name, Set<Removal> removals) throws InterruptedException {
    adoption.requireSettled();
    Connector known = requireAlive(get(name));
    Set<Removal> possible = EnumSet.copyOf(removals);
    if (sharesHistory(known)) {
      possible.remove(Removal.SCHEMA_HISTORY);
    }
    changed("Connector is being deleted", store.beginDeletion(name, possible));
    return awaitDeleted(name);
  }

  private boolean sharesHistory(Connector connector) {
    String topic = connector.config().get(ConfigRules.HISTORY_TOPIC);
    return topic != null
        && store.list().stream()
            .filter(other -> !other.name().equals(connector.name()))
            .anyMatch(other -> topic.equals(other.config().get(ConfigRules.HISTORY_TOPIC)));
  }

  private boolean awaitDeleted(String name) throws InterruptedException {
    long deadline = System.nanoTime() + DELETION_WAIT.toNanos();
    boolean done = deletions.finishIfDone(name);
    while (!done && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
      done = deletions.finishIfDone(name);
    }
    return done;
  }

  private static void refuseTaken(Connector taken) {
    throw new ConnectorException.NameTaken(requireAlive(taken).name());
  }

  private static Connector requireAlive(Connector connector) {
    if (connector.desiredState() == DesiredState.DELETED) {
      throw new ConnectorException.BeingDeleted(connector.name());
    }
    return connector;
  }

  private Connector storeNew(String name, Map<String, String> checked) {
    try {
      Connector created = store.create(name, checked);
      changed("Connector created", created);
      return created;
    } catch (DuplicateKeyException e) {
      throw store.find(name).isPresent()
          ? new ConnectorException.NameTaken(name)
          : new ConnectorException.ChangedMeanwhile(name);
    }
  }

  /**
   * Everything that is to be said of a config, and nothing is stored. Where the name is a
   * connector's, masked values are those that it has.
   */
  public List<Finding> validate(String name, Map<String, String> given) {
    return report(name, given, request -> request).findings();
  }

  /** The same, with the keys that a config can have. */
  public PreflightReport validateWithDefinitions(String name, Map<String, String> given) {
    return report(name, given, PreflightRequest::withDefinitions);
  }

  private PreflightReport report(
      String name, Map<String, String> given, UnaryOperator<PreflightRequest> question) {
    Map<String, String> config =
        new LinkedHashMap<>(
            store.find(name).map(known -> Secrets.restore(given, known.config())).orElse(given));
    config.putIfAbsent(ConfigRules.NAME, name);
    List<Finding> findings =
        new ArrayList<>(localErrors(name, config).stream().map(Connectors::finding).toList());
    PreflightReport answer = preflight.ask(question.apply(new PreflightRequest(name, config)));
    findings.addAll(answer.findings());
    return new PreflightReport(findings, answer.definitions());
  }

  /** Local errors read {@code <key>: <problem> <remedy>}. */
  private static Finding finding(String error) {
    int colon = error.indexOf(": ");
    return new Finding(
        Severity.ERROR,
        colon < 0 ? "" : error.substring(0, colon),
        error.substring(colon < 0 ? 0 : colon + 2),
        "");
  }

  private Map<String, String> check(String name, Map<String, String> given) {
    Map<String, String> config = new LinkedHashMap<>(given);
    config.putIfAbsent(ConfigRules.NAME, name);
    refuseIfAny(localErrors(name, config));
    PreflightReport report = preflight.ask(new PreflightRequest(name, config));
    for (Finding finding : report.findings()) {
      log.atInfo()
          .addKeyValue("connector", name)
          .addKeyValue("severity", finding.severity())
          .addKeyValue("key", finding.key())
          .log("Preflight: {}", finding.problem());
    }
    refuseIfAny(
        report.findings().stream()
            .filter(finding -> finding.severity() == Severity.ERROR)
            .map(finding -> finding.key() + ": " + finding.problem() + " " + finding.remedy())
            .toList());
    return config;
  }

  private List<String> localErrors(String name, Map<String, String> config) {
    List<String> errors = new ArrayList<>(ConfigRules.nameErrors(name));
    errors.addAll(ConfigRules.configErrors(config));
    Optional.ofNullable(config.get(ConfigRules.TOPIC_PREFIX))
        .flatMap(store::ownerOfPrefix)
        .filter(owner -> !owner.equals(name))
        .ifPresent(owner -> errors.add(ConfigRules.prefixTaken(owner)));
    store.list().stream()
        .filter(other -> !other.name().equals(name))
        .filter(other -> ConfigRules.shareServerId(config, other.config()))
        .findFirst()
        .ifPresent(other -> errors.add(ConfigRules.serverIdTaken(other.name())));
    return errors;
  }

  private static void refuseIfAny(List<String> errors) {
    if (!errors.isEmpty()) {
      throw new ConnectorException.InvalidConfig(errors);
    }
  }

  private void changed(String what, Connector connector) {
    log.atInfo()
        .addKeyValue("connector", connector.name())
        .addKeyValue("generation", connector.generation())
        .log(what);
    awaitPublished();
  }

  private void awaitPublished() {
    publisher
        .nudge()
        .completeOnTimeout(null, PUBLISH_WAIT.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
