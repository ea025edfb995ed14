package dev.lockstep.stack.junit;

import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.Placement;
import dev.lockstep.stack.StackServers;
import dev.lockstep.stack.fetch.Command;
import dev.lockstep.stack.process.Folders;
import dev.lockstep.stack.process.Ports;
import dev.lockstep.stack.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A broker for tests whose clients must come by TLS and log in: {@code SASL_SSL} with the mechanism
 * PLAIN. Always a process of this machine, as its certificate is made for the loopback address.
 */
public final class SecuredKafka implements AutoCloseable {
  private static final String SECRET = "broker-secret";
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"lockstep\""
          + " password=\""
          + SECRET
          + "\"";
  private static final Duration KEYTOOL_LIMIT = Duration.ofMinutes(1);

  private final Path folder;
  private final KafkaServer broker;
  private final int port = Ports.free();

  private SecuredKafka() throws IOException {
    folder = Files.createTempDirectory("lockstep-secured-kafka");
    certificate();
    int plainPort = Ports.free();
    broker =
        StackServers.withoutContainers(Map.of())
            .kafka(
                Placement.in(folder.resolve("broker"))
                    .withPort(plainPort)
                    .withFlags(settings(plainPort, Ports.free())));
  }

  /** One that answers. */
  public static SecuredKafka start() throws IOException {
    SecuredKafka kafka = new SecuredKafka();
    kafka.broker.start();
    return kafka;
  }

  private void certificate() throws IOException {
    Path keys = folder.resolve("broker.p12");
    String keytool = Programs.java().resolveSibling("keytool").toString();
    Command.run(
        folder,
        KEYTOOL_LIMIT,
        List.of(
            keytool,
            "-genkeypair",
            "-alias",
            "broker",
            "-keyalg",
            "EC",
            "-dname",
            "CN=broker",
            "-ext",
            "SAN=ip:127.0.0.1",
            "-validity",
            "30",
            "-storetype",
            "PKCS12",
            "-keystore",
            keys.toString(),
            "-storepass",
            SECRET));
    Command.run(
        folder,
        KEYTOOL_LIMIT,
        List.of(
            keytool,
            "-exportcert",
            "-alias",
            "broker",
            "-rfc",
            "-file",
            authority().toString(),
            "-keystore",
            keys.toString(),
            "-storepass",
            SECRET));
  }

  private Path authority() {
    return folder.resolve("broker.pem");
  }

  /** The readiness probe and the broker itself come by the plain listener; clients are not told. */
  private String[] settings(int plainPort, int controllerPort) {
    String listeners = "PLAINTEXT://127.0.0.1:%d,SECURED://127.0.0.1:%d".formatted(plainPort, port);
    return new String[] {
      "listeners=%s,CONTROLLER://127.0.0.1:%d".formatted(listeners, controllerPort),
      "advertised.listeners=" + listeners,
      "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SECURED:SASL_SSL,CONTROLLER:PLAINTEXT",
      "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
      "sasl.enabled.mechanisms=PLAIN",
      "listener.name.secured.plain.sasl.jaas.config=%s user_lockstep=\"%s\";"
          .formatted(LOGIN, SECRET),
      "listener.name.secured.ssl.keystore.type=PKCS12",
      "listener.name.secured.ssl.keystore.location=" + folder.resolve("broker.p12"),
      "listener.name.secured.ssl.keystore.password=" + SECRET,
    };
  }

  /** The listener for clients, as {@code bootstrap.servers} wants it. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** What a client needs to come in. */
  public Map<String, String> clientProperties() {
    return Map.of(
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        LOGIN + ";",
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        authority().toString());
  }

  @Override
  public void close() throws IOException {
    broker.kill();
    Folders.delete(folder);
  }
}
