package dev.lockstep.capture.source;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.ResultSet;
import java.sql.Statement;

/** The authority that signed the certificate which a MySQL server made for itself. */
public final class MySqlAuthority {
  /** Of the trust store. */
  public static final String PASSWORD = "trusted";

  private MySqlAuthority() {}

  /** The path of a new trust store that holds it, in this folder. */
  public static String trustStore(Statement server, Path folder) throws Exception {
    try (ResultSet row = server.executeQuery("SELECT @@datadir")) {
      row.next();
      return trustStore(Path.of(row.getString(1)).resolve("ca.pem"), folder);
    }
  }

  private static String trustStore(Path certificate, Path folder) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    Path file = Files.createTempFile(folder, "trust", ".p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file.toString();
  }
}
