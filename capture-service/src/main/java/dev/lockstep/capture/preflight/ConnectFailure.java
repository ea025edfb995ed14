package dev.lockstep.capture.preflight;

import dev.lockstep.capture.source.SourceKind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Says which config key a failed connection is about. */
final class ConnectFailure {
  private static final String HOST = "database.hostname";
  private static final String PORT = "database.port";
  private static final String USER = "database.user";
  private static final String PASSWORD = "database.password";
  private static final String SSL = "database.ssl.mode";

  private final Map<String, String> config;
  private final Findings findings;
  private final String host;
  private final String address;
  private final String user;
  private final SourceKind kind;
  private final String server;

  ConnectFailure(Map<String, String> config, Findings findings) {
    this.config = config;
    kind = SourceKind.ofChecked(config);
    server = kind.title();
    this.findings = findings;
    host = config.getOrDefault(HOST, "").strip();
    address = host + ":" + config.getOrDefault(PORT, "3306").strip();
    user = config.getOrDefault(USER, "");
  }

  void report(SQLException failure) {
    switch (failure.getErrorCode()) {
      case 1045, 1698 -> accessDenied();
      case 1130 -> hostNotAllowed();
      case 1820, 1862 ->
          findings.error(
              PASSWORD,
              "The password of the " + server + " user `" + user + "` has expired.",
              "Give the user a new one with ALTER USER, and set it here.");
      case 3118 ->
          findings.error(
              USER,
              "The account of the " + server + " user `" + user + "` is locked.",
              "Unlock it with ALTER USER … ACCOUNT UNLOCK, or name another user.");
      case 3159 -> tlsRequired();
      case 1040 ->
          findings.error(
              HOST,
              server + " at " + address + " has too many connections.",
              "Try again later, or raise its max_connections.");
      default -> byCause(failure);
    }
  }

  private void accessDenied() {
    boolean given = !config.getOrDefault(PASSWORD, "").isEmpty();
    String problem =
        given
            ? server + " at " + address + " refused the user `" + user + "` with this password."
            : "No password is set, and "
                + server
                + " at "
                + address
                + " refused `"
                + user
                + "` without one.";
    findings.error(
        PASSWORD,
        problem,
        "Correct `database.password` or `database.user`; the user must be allowed to connect from"
            + " the host where capture-service runs"
            + (config.getOrDefault(SSL, "").strip().equalsIgnoreCase(kind.modeWithoutTls())
                ? ", and one that was made with REQUIRE SSL needs another `database.ssl.mode`."
                : "."));
  }

  private void hostNotAllowed() {
    findings.error(
        USER,
        server + " at " + address + " lets nobody connect from capture-service's host.",
        "Create the user for that host or for any: CREATE USER '" + user + "'@'%' IDENTIFIED BY …");
  }

  private void tlsRequired() {
    findings.error(
        SSL,
        server + " at " + address + " takes encrypted connections only.",
        "Set `database.ssl.mode` to " + kind.modesWithTls() + " with a trust store.");
  }

  private void byCause(SQLException failure) {
    if (has(failure, UnknownHostException.class)) {
      findings.error(
          HOST,
          "The host `" + host + "` is not known where capture-service runs.",
          "Correct `database.hostname`; localhost is capture-service's own host.");
    } else if (says(failure, "Public Key Retrieval")) {
      passwordNeedsEncryption();
    } else if (says(failure, "authentication plugin")) {
      unknownPlugin(failure);
    } else if (has(failure, SSLException.class) || aboutTls(failure)) {
      tlsFailed(failure);
    } else if (has(failure, NoRouteToHostException.class)) {
      unreachable(HOST, "There is no route from capture-service to " + address + ".");
    } else if (has(failure, ConnectException.class)) {
      unreachable(PORT, "Nothing accepts connections at " + address + ".");
    } else if (has(failure, SocketTimeoutException.class)) {
      unreachable(HOST, server + " at " + address + " did not answer in time.");
    } else {
      unclassified(failure);
    }
  }

  /** MySQL keeps the password's hash after a login, so this passes once another has come by TLS. */
  private void passwordNeedsEncryption() {
    findings.error(
        SSL,
        "The "
            + server
            + " user `"
            + user
            + "` logs in at "
            + address
            + " over encrypted connections only.",
        "Set `database.ssl.mode` to "
            + kind.modesWithTls()
            + " with a trust store. Where the network"
            + " is trusted, `driver.allowPublicKeyRetrieval` true does too.");
  }

  /** Debezium's binlog client and the driver know MySQL's own ways to log in. */
  private void unknownPlugin(SQLException failure) {
    findings.error(
        USER,
        "The " + server + " user `" + user + "` can't log in: " + reason(failure) + ".",
        "Give it a password by a plugin that is supported: mysql_native_password"
            + (kind == SourceKind.MARIADB ? "." : " or caching_sha2_password."));
  }

  private void unreachable(String key, String problem) {
    findings.error(
        key,
        problem,
        "Check `database.hostname` and `database.port`, that the server runs there, and that no firewall"
            + " is between.");
  }

  private void tlsFailed(SQLException failure) {
    findings.error(
        SSL,
        "No encrypted connection to " + address + " could be made: " + reason(failure) + ".",
        "Choose the `database.ssl.mode` that the server supports, and where it verifies the server"
            + " give `database.ssl.truststore` and its password.");
  }

  private void unclassified(SQLException failure) {
    findings.error(
        HOST,
        "Connecting to " + server + " at " + address + " failed: " + reason(failure) + ".",
        "Check `database.hostname`, `database.port` and that such a server answers there.");
  }

  private String reason(SQLException failure) {
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip();
    String code = failure.getErrorCode() == 0 ? "" : " (error " + failure.getErrorCode() + ")";
    return new Secrets(config).removedFrom(message) + code;
  }

  /** The driver's ways to say it without a cause of that kind. */
  private static boolean aboutTls(SQLException failure) {
    return causes(failure)
        .map(cause -> String.valueOf(cause.getMessage()))
        .anyMatch(
            message ->
                message.contains("SSL")
                    || message.contains("TLS")
                    || message.contains("certificate")
                    || message.contains("keystore"));
  }

  private static boolean says(SQLException failure, String words) {
    return causes(failure).anyMatch(cause -> String.valueOf(cause.getMessage()).contains(words));
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    return causes(failure).anyMatch(type::isInstance);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(20);
  }
}
