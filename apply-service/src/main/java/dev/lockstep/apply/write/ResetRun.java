package dev.lockstep.apply.write;

import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.commit.Progress;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.schemas.ControlState;
import dev.lockstep.apply.schemas.Mappings;
import dev.lockstep.apply.tables.TargetTables;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.schema.TableSchema;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

  /** The topics of these partitions of which a reset is to be carried out. */
  public Set<String> due(Collection<TopicPartition> partitions) {
    Set<String> due = new TreeSet<>();
    for (TopicPartition partition : partitions) {
      Progress progress = offsets.of(partition);
      if (progress != null && progress.resetMark() != control.resets().mark(partition.topic())) {
        due.add(partition.topic());
      }
    }
    return due;
  }

  /**
   * Carries out what is due for a topic. To be called by the consumer's thread while no insert of
   * it is under way.
   *
   * @param partitions those of the topic that the consumer reads
   * @return why it could not be carried out
   */
  public Optional<ApplyFault> carryOut(String topic, Collection<TopicPartition> partitions) {
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
      return Optional.empty();
    } catch (ApplyFault e) {
      return Optional.of(e);
    } catch (RuntimeException e) {
      return Optional.of(TableFault.bug(e));
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
