package dev.lockstep.system.mainjob;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.system.suite.ChangedTable;
import dev.lockstep.system.suite.LockstepSuite;
import dev.lockstep.system.suite.PublishedChanges;
import dev.lockstep.system.suite.SeededChanges;
import dev.lockstep.system.suite.SourceAndTarget;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("main-job")
@ExtendWith(Servers.class)
class KilledServicesTest {
  private static final int CHANGES = 100_000;

  @Test
  void
      afterKillsDuringOneHundredThousandChangesSourceAndTargetAreEqualAndEachChangeWasPublishedOnce(
          MySqlServer mysql, KafkaServer kafka, ClickHouseServer clickHouse) throws Exception {
    var both = new SourceAndTarget(mysql, clickHouse);
    try (var suite = new LockstepSuite("killed", kafka, clickHouse).start()) {
      // Two connectors, so that one's open transaction stands between the other's committed
      // offsets.
      List<SeededChanges> changes =
          List.of(new SeededChanges("killed1.t", 20261122), new SeededChanges("killed2.t", 7));
      for (SeededChanges of : changes) {
        ChangedTable.begin(mysql, suite, both, of.database());
      }
      loadWithKills(mysql, suite, changes);
      for (SeededChanges of : changes) {
        ChangedTable.awaitEqual(both, of.database());
        PublishedChanges.of(suite, of.database()).assertOnceAndInOrder(of);
      }
    }
  }

  private static void loadWithKills(
      MySqlServer mysql, LockstepSuite suite, List<SeededChanges> changes) throws Exception {
    List<Runnable> faults =
        new ArrayList<>(
            List.of(
                suite.capture::kill,
                suite.apply::kill,
                suite.capture::start,
                suite.apply::start,
                suite.apply::kill,
                suite.capture::kill,
                suite.apply::start,
                suite.capture::start));
    int each = CHANGES / (faults.size() + 1);
    try (Connection connection = mysql.connect()) {
      for (int i = 1; count(changes) < CHANGES; ) {
        for (SeededChanges of : changes) {
          of.transaction(connection);
        }
        if (i <= faults.size() && count(changes) >= i * each) {
          awaitEventsOf(suite, i);
          faults.get(i - 1).run();
          i++;
        }
      }
    }
  }

  private static int count(List<SeededChanges> changes) {
    return changes.stream().mapToInt(SeededChanges::count).sum();
  }

  /** The second pair of kills shall hit services that are at work again. */
  private static void awaitEventsOf(LockstepSuite suite, int fault) {
    if (fault == 5) {
      suite.capture.awaitReady();
      suite.apply.awaitReady();
    }
  }
}
