package dev.lockstep.admin.mappings;

import dev.lockstep.common.kafka.CompactedTopic;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.mapping.MappingIndex;
import dev.lockstep.common.mapping.TableMapping;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mappings as the mappings topic has them: what apply-service goes by. */
public final class PublishedMappings implements CompactedTopic.Listener {
  private static final Logger log = LoggerFactory.getLogger(PublishedMappings.class);

  private final Map<String, TableMapping> mappings = new ConcurrentHashMap<>();
  private volatile MappingIndex index = new MappingIndex(List.of());

  @Override
  public void accept(String key, byte @Nullable [] value) {
    Optional<TableMapping> read = Optional.ofNullable(value).flatMap(json -> read(key, json));
    if (read.isPresent()) {
      mappings.put(key, read.get());
    } else {
      mappings.remove(key);
    }
    index = new MappingIndex(mappings.values());
  }

  private static Optional<TableMapping> read(String key, byte[] value) {
    try {
      TableMapping mapping = ControlCodec.decode(value, TableMapping.class);
      if (mapping.name().equals(key)) {
        return Optional.of(mapping);
      }
      log.atWarn().addKeyValue("mapping", key).log("A mapping's name is not its record's key");
    } catch (IllegalArgumentException e) {
      log.atWarn().setCause(e).addKeyValue("mapping", key).log("A mapping can't be read");
    }
    return Optional.empty();
  }

  /** All of them. */
  Collection<TableMapping> all() {
    return mappings.values();
  }

  /**
   * The name of the mapping that applies to a table; empty when none does, or when a pattern takes
   * too many steps to tell.
   */
  public Optional<String> nameFor(String database, String table) {
    try {
      return index.applying(database, table).stream().findFirst().map(TableMapping::name);
    } catch (IllegalStateException e) {
      log.debug("Can't tell a table's mapping", e);
      return Optional.empty();
    }
  }
}
