package dev.lockstep.capture.engine;

import io.debezium.config.CommonConnectorConfig;
import io.debezium.data.Envelope;
import io.debezium.data.Envelope.Operation;
import io.debezium.relational.RelationalChangeRecordEmitter;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Tells where the last whole row of a batch ends. Debezium makes several records of one row that
 * was deleted (the delete, its tombstone) or whose key changed (the delete and tombstone of the old
 * key, the create of the new one), all with the offset behind that row, and cuts its batches
 * anywhere between. A run that began from such an offset would never see the rest.
 *
 * <p>The rest follows at once, so holding the first records back costs no time.
 *
 * @param tombstones whether a tombstone follows each delete
 */
record WholeRows(boolean tombstones) {
  static WholeRows of(Properties config) {
    return new WholeRows(
        !"false"
            .equalsIgnoreCase(
                config
                    .getProperty(CommonConnectorConfig.TOMBSTONES_ON_DELETE.name(), "true")
                    .strip()));
  }

  /** The index behind the last record that may be published now. */
  int endIn(List<SourceRecord> records) {
    int end = records.size();
    while (end > 0 && isOfOldKey(records.get(end - 1))) {
      end--;
    }
    boolean awaitsTombstone =
        end == records.size() && tombstones && end > 0 && isDelete(records.get(end - 1));
    return awaitsTombstone ? end - 1 : end;
  }

  private static boolean isDelete(SourceRecord item) {
    return item.value() instanceof Struct && Envelope.operationFor(item) == Operation.DELETE;
  }

  /** The delete of a key that was changed, and its tombstone, name the new key. */
  private static boolean isOfOldKey(SourceRecord item) {
    return item.headers().lastWithName(RelationalChangeRecordEmitter.PK_UPDATE_NEWKEY_FIELD)
        != null;
  }
}
