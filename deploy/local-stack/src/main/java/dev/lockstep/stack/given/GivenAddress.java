package dev.lockstep.stack.given;

import dev.lockstep.stack.StackException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Host, port and credentials out of a URL whose credentials stand before the {@code @} or in the
 * query.
 *
 * @param host name or address
 * @param port the URL's, or the protocol's own
 * @param user empty when none is given
 * @param password empty when none is given
 */
record GivenAddress(String host, int port, String user, String password) {
  /**
   * Reads the value of an environment variable; its error never shows the value, which holds a
   * password.
   */
  static GivenAddress parse(String variable, String url, int defaultPort, String example) {
    URI uri;
    try {
      uri = new URI(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
    } catch (URISyntaxException e) {
      throw unreadable(variable, example);
    }
    if (uri.getHost() == null) {
      throw unreadable(variable, example);
    }
    Map<String, String> query = query(Optional.ofNullable(uri.getRawQuery()).orElse(""));
    String[] credentials = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
    String user =
        credentials[0].isEmpty() ? query.getOrDefault("user", "") : decode(credentials[0]);
    String password =
        credentials.length == 2 ? decode(credentials[1]) : query.getOrDefault("password", "");
    return new GivenAddress(
        uri.getHost(), uri.getPort() < 0 ? defaultPort : uri.getPort(), user, password);
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> values = new HashMap<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decode(String value) {
    return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static StackException unreadable(String variable, String example) {
    return new StackException(
        "%s is not an address; it should look like %s".formatted(variable, example));
  }
}
