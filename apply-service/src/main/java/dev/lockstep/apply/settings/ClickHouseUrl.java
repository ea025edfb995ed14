package dev.lockstep.apply.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Where ClickHouse's HTTP interface is: one address, or those of several replicas with commas
 * between, of which the first names the scheme for all: {@code http://a:8123,b:8123}.
 *
 * @param hosts the addresses, in the order in which they are tried
 */
public record ClickHouseUrl(List<URI> hosts) {
  private static final int PLAIN_PORT = 8123;
  private static final int TLS_PORT = 8443;

  /** Copies the list, which has one at least. */
  public ClickHouseUrl {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("the URL names no host");
    }
  }

  /**
   * Reads it as it is written in a property.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  public static ClickHouseUrl valueOf(String written) {
    List<URI> hosts = new ArrayList<>();
    String scheme = "";
    for (String part : written.split(",", -1)) {
      String entry = part.strip();
      URI host = host(entry.contains("://") || scheme.isEmpty() ? entry : scheme + "://" + entry);
      if (!scheme.isEmpty() && !scheme.equals(host.getScheme())) {
        throw new IllegalArgumentException("all hosts must have one scheme, http or https");
      }
      scheme = host.getScheme();
      hosts.add(host);
    }
    if (new HashSet<>(hosts).size() < hosts.size()) {
      throw new IllegalArgumentException("a host stands there twice");
    }
    return new ClickHouseUrl(hosts);
  }

  private static URI host(String address) {
    try {
      URI uri = new URI(address);
      String scheme = uri.getScheme();
      if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
        throw new IllegalArgumentException(
            "'%s' must be http://host:port or https://host:port".formatted(withoutUser(address)));
      }
      if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
        throw new IllegalArgumentException(
            "'%s' can have a path and nothing more: user and password have keys of their own"
                .formatted(withoutUser(address)));
      }
      int standard = scheme.equals("https") ? TLS_PORT : PLAIN_PORT;
      int port = uri.getPort() < 0 ? standard : uri.getPort();
      return new URI(scheme, null, uri.getHost(), port, uri.getPath(), null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "'%s' is no URL: %s".formatted(withoutUser(address), e.getReason()), e);
    }
  }

  /** A password that was put there is no text for a log. */
  private static String withoutUser(String address) {
    return address.replaceFirst("[^/]*@", "…@").replaceFirst("\\?.*", "?…");
  }

  /** As it is written, without anything secret. */
  @Override
  public String toString() {
    return String.join(",", hosts.stream().map(URI::toString).toList());
  }
}
