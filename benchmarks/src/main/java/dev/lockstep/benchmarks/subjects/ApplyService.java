package dev.lockstep.benchmarks.subjects;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** apply-service from its jar as it ships. */
public final class ApplyService {
  private final BenchServers servers;
  private final List<String> jvm;
  private final ServiceJar jar;

  /**
   * Prepares runs.
   *
   * @param project the folder that the suite is built in
   * @param jvm flags of its JVM
   */
  public ApplyService(BenchServers servers, Path project, List<String> jvm) throws IOException {
    this.servers = servers;
    this.jvm = List.copyOf(jvm);
    this.jar = new ServiceJar(project, "apply-service");
  }

  /**
   * Starts it with its defaults.
   *
   * @param topicPrefix of the connector whose topics it applies from their begin, captured by
   *     {@link Lockstep}
   * @param name of the run, for its log and its consumer group
   */
  public ServiceRun start(String topicPrefix, TargetServer target, String name) {
    return jar.start(
        jvm,
        Lockstep.kafka(servers, topicPrefix),
        Map.of(
            "LOCKSTEP_APPLY_CONSUMER_GROUP", name,
            "LOCKSTEP_APPLY_CLICKHOUSE_URL", target.url(),
            "LOCKSTEP_APPLY_CLICKHOUSE_USER", target.user(),
            "LOCKSTEP_APPLY_CLICKHOUSE_PASSWORD", target.password()),
        servers.folder().resolve(name + ".log"));
  }
}
