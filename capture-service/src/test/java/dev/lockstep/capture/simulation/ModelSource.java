package dev.lockstep.capture.simulation;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A source: with GTIDs two servers that can take each other's place, else one.
 *
 * @param binlog what happened there
 * @param servers those that have it
 */
public record ModelSource(ModelBinlog binlog, List<ModelServer> servers) {
  /** A random one with this many rows. */
  public static ModelSource of(String connector, int rows, Random dice) {
    var binlog = new ModelBinlog(connector, rows, dice);
    boolean hasGtids = dice.nextInt(4) > 0;
    return new ModelSource(
        binlog,
        Stream.of("first", "second")
            .limit(hasGtids ? 2 : 1)
            .map(uuid -> new ModelServer(uuid, binlog, hasGtids, dice))
            .toList());
  }

  /** The one that the source's address leads to now. */
  public ModelServer present(Random dice) {
    return servers.get(dice.nextInt(servers.size()));
  }

  /** How many rows lie before an offset that was read on this server. */
  public int placeOf(@Nullable String server, Map<String, ?> offset) {
    return servers.stream()
        .filter(each -> each.uuid().equals(server))
        .findFirst()
        .orElseThrow()
        .placeOf(offset);
  }
}
