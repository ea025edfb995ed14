package dev.lockstep.apply.write;

import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.commit.Progress;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.schemas.ControlState;
import dev.lockstep.apply.schemas.Mappings;
import dev.lockstep.apply.tables.TargetTables;
import dev.lockstep.apply.write.TopicOutcome.Applied;
import dev.lockstep.apply.write.TopicOutcome.Halted;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries resets out in the target. The owner of each partition deletes the void rows once it knows
 * of the reset, from when on it applies no more of them. So the last of them deletes what the
 * others applied before they knew, in whatever order it comes to the partitions.
 */
public final class ResetRun {
  private static final Logger log = LoggerFactory.getLogger(ResetRun.class);

  private final ControlState control;
  private final TargetTables tables;
  private final Offsets offsets;

  /** Over these. */
  public ResetRun(ControlState control, TargetTables tables, Offsets offsets) {
    this.control = control;
    this.tables = tables;
    this.offsets = offsets;
  }

  /**
   * Carries out what is due for these partitions. To be called by their consumer's thread, on which
   * no insert is under way.
   *
   * @return the outcome for each topic of which something was due
   */
  public Map<String, TopicOutcome> carryOut(Collection<TopicPartition> partitions) {
    Map<String, List<TopicPartition>> due = new TreeMap<>();
    for (TopicPartition partition : partitions) {
      Progress progress = offsets.of(partition);
      if (progress != null && progress.resetMark() != control.resets().mark(partition.topic())) {
        due.computeIfAbsent(partition.topic(), topic -> new ArrayList<>()).add(partition);
      }
    }
    Map<String, TopicOutcome> outcomes = new HashMap<>();
    due.forEach((topic, of) -> outcomes.put(topic, carryOut(topic, of)));
    return outcomes;
  }

  private TopicOutcome carryOut(String topic, List<TopicPartition> partitions) {
    try {
      // Asked before anything is done, as it may change meanwhile.
      long mark = control.resets().mark(topic);
      control.schemas().tables(topic).forEach(this::delete);
      for (TopicPartition partition : partitions) {
        Progress progress = offsets.of(partition);
        if (progress != null) {
          offsets.advance(partition, progress.afterResets(mark));
        }
      }
      return new Applied();
    } catch (ApplyFault e) {
      return new Halted(e, Map.of());
    } catch (RuntimeException e) {
      return new Halted(TopicBatch.bug(e), Map.of());
    }
  }

  private void delete(TableSchema schema) {
    long before = control.resets().before(schema);
    if (before == 0) {
      return;
    }
    if (isShared(schema)) {
      log.atWarn()
          .addKeyValue("connector", schema.connector())
          .addKeyValue("table", schema.database() + "." + schema.table())
          .log(
              "Another connector captures this table too, so older rows stay in its target though the"
                  + " snapshot did not find them: whose they are can't be told");
      return;
    }
    try {
      delete(schema, control.mappings(), before);
    } catch (TableFault e) {
      log.atDebug().setCause(e).log("Rows can't be deleted by the mappings that are known");
      delete(schema, control.mappingsSince(System.nanoTime()), before);
    }
  }

  /** Waiting for the control topics takes long, so it is done only where it may matter. */
  private boolean isShared(TableSchema schema) {
    Set<String> others = control.resets().others(schema);
    if (others.isEmpty()) {
      return false;
    }
    control.awaitConnectors();
    return others.stream().anyMatch(control.connectors()::contains);
  }

  private void delete(TableSchema schema, Mappings mappings, long before) {
    TableSchema keyed = control.connectors().withTrueKey(schema);
    for (TableMapping mapping : mappings.of(schema.database(), schema.table())) {
      tables.deleteBefore(keyed, mapping, offsets.rowsApplied(schema.topic()), before);
    }
  }
}
