package dev.lockstep.apply.settings;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How an {@code https} address of ClickHouse is trusted: {@code lockstep.apply.clickhouse.tls.*}.
 * Without any of these, as Java trusts: by its own list of authorities, and for the host's name.
 *
 * @param caCertificate the authority that signed the server's certificate, as PEM
 * @param trustStore authorities as PKCS12 or JKS
 * @param trustStorePassword its password
 * @param clientCertificate the client's own certificate, as PEM
 * @param clientKey its key, as PEM
 * @param verify whether the certificate must be for the host's name too
 */
@Validated
public record ClickHouseTls(
    @Nullable Path caCertificate,
    @Nullable Path trustStore,
    @NotNull @DefaultValue("") String trustStorePassword,
    @Nullable Path clientCertificate,
    @Nullable Path clientKey,
    @NotNull @DefaultValue("IDENTITY") Verify verify) {
  /** What is asked of the server's certificate. */
  public enum Verify {
    /** That an authority that is trusted has signed it. */
    CA,
    /** That, and that it is for the host's name. */
    IDENTITY
  }

  /** One of two that say the same. */
  @AssertTrue(message = "ca-certificate and trust-store can't both be given: take one of them")
  boolean isOneAuthority() {
    return caCertificate == null || trustStore == null;
  }

  /** The two belong together. */
  @AssertTrue(message = "client-certificate and client-key must be given together")
  boolean isWholeClient() {
    return (clientCertificate == null) == (clientKey == null);
  }

  /** The files are read at the first connection, so that a path that leads nowhere is told here. */
  @AssertTrue(message = "a file of these can't be read: look at the paths and who may read them")
  boolean isReadable() {
    return Stream.of(caCertificate, trustStore, clientCertificate, clientKey)
        .filter(Objects::nonNull)
        .allMatch(Files::isReadable);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ClickHouseTls[caCertificate=%s, trustStore=%s, clientCertificate=%s, verify=%s]"
        .formatted(caCertificate, trustStore, clientCertificate, verify);
  }
}
