package dev.lockstep.admin.mappings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the mappings that already stand in the mappings topic when the database is new: after
 * a lost database, or in front of a suite that is already running. Until that is decided, mappings
 * can't be changed.
 */
public final class MappingAdoption {
  private static final Logger log = LoggerFactory.getLogger(MappingAdoption.class);

  private final MappingStore store;
  private final PublishedMappings published;
  private volatile boolean settled;

  /** For this store; there is nothing to adopt when it has been used before. */
  public MappingAdoption(MappingStore store, PublishedMappings published) {
    this.store = store;
    this.published = published;
    this.settled = !store.isUnused();
  }

  /** Decides; to be called when the mappings topic is read to its end. */
  public void settle() {
    if (settled) {
      return;
    }
    var found = published.all();
    if (!found.isEmpty()) {
      store.adopt(found);
      log.atInfo()
          .addKeyValue("mappings", found.size())
          .log("Adopted the mappings of the mappings topic into the new database");
    }
    settled = true;
  }

  void requireSettled() {
    if (!settled) {
      throw new MappingException.NotReady();
    }
  }
}
