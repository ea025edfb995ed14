package dev.lockstep.capture;

import dev.lockstep.capture.connectors.CaptureLifecycle;
import dev.lockstep.capture.connectors.CaptureSettings;
import dev.lockstep.capture.connectors.ConnectorReports;
import dev.lockstep.capture.credentials.Credentials;
import dev.lockstep.capture.credentials.CredentialsSettings;
import dev.lockstep.capture.preflight.Preflight;
import dev.lockstep.capture.progress.Measurement;
import dev.lockstep.capture.progress.ProgressSettings;
import dev.lockstep.capture.progress.ReplicaMeters;
import dev.lockstep.capture.snapshots.SnapshotReports;
import dev.lockstep.common.kafka.KafkaSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the data plane of capture-service. */
@Configuration(proxyBeanMethods = false)
class CaptureConfiguration {
  @Bean
  KafkaSettings kafkaSettings(Environment environment) {
    return Binder.get(environment).bindOrCreate("lockstep.kafka", KafkaSettings.class);
  }

  @Bean
  CaptureSettings captureSettings(Environment environment) {
    return Binder.get(environment).bindOrCreate("lockstep.capture", CaptureSettings.class);
  }

  @Bean
  Credentials credentials(Environment environment) {
    return new Credentials(
        Binder.get(environment)
            .bindOrCreate("lockstep.capture.credentials", CredentialsSettings.class));
  }

  @Bean(destroyMethod = "close")
  Admin adminClient(KafkaSettings settings) {
    Map<String, Object> properties = settings.clientProperties();
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
    return Admin.create(properties);
  }

  @Bean(destroyMethod = "close")
  ConnectorReports connectorReports(KafkaSettings settings, ReplicaMeters meters) {
    return new ConnectorReports(settings, meters);
  }

  @Bean
  ReplicaMeters replicaMeters(MeterRegistry registry) {
    return new ReplicaMeters(registry);
  }

  @Bean
  Measurement measurement(
      ReplicaMeters meters,
      ConnectorReports reports,
      Environment environment,
      @Value("${server.port}") int port)
      throws UnknownHostException {
    ProgressSettings progress =
        Binder.get(environment).bindOrCreate("lockstep.capture.progress", ProgressSettings.class);
    return new Measurement(
        meters, reports::progress, owner(port), InstantSource.system(), progress);
  }

  @Bean(destroyMethod = "close")
  SnapshotReports snapshotReports(KafkaSettings settings, ReplicaMeters meters) {
    return new SnapshotReports(settings, meters);
  }

  @Bean(initMethod = "start", destroyMethod = "stop")
  CaptureLifecycle captureLifecycle(
      KafkaSettings settings,
      CaptureSettings sharing,
      Admin admin,
      Measurement measurement,
      ConnectorReports reports,
      SnapshotReports snapshotReports,
      Credentials credentials,
      Preflight preflight,
      @Value("${server.port}") int port)
      throws UnknownHostException {
    return new CaptureLifecycle(
        settings,
        sharing,
        admin,
        measurement,
        InstantSource.system(),
        owner(port),
        reports,
        snapshotReports,
        credentials,
        preflight::problems);
  }

  private static String owner(int port) throws UnknownHostException {
    return InetAddress.getLocalHost().getHostName() + ":" + port;
  }
}
