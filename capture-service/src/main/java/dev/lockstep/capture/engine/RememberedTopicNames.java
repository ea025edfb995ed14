package dev.lockstep.capture.engine;

import io.debezium.schema.DefaultTopicNamingStrategy;
import io.debezium.spi.schema.DataCollectionId;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Debezium's default names of topics, kept for each table. Its own strategy joins the parts of the
 * name anew for each event and keeps account of its cache's use.
 */
public final class RememberedTopicNames extends DefaultTopicNamingStrategy {
  private final Map<DataCollectionId, String> names = new ConcurrentHashMap<>();

  /** As Debezium calls it. */
  public RememberedTopicNames(Properties properties) {
    super(properties);
  }

  @Override
  public String dataChangeTopic(DataCollectionId id) {
    String known = names.get(id);
    return known == null ? names.computeIfAbsent(id, super::dataChangeTopic) : known;
  }
}
