package dev.lockstep.apply.write;

import dev.lockstep.apply.schemas.Mappings;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.schema.TableSchema;
import java.util.List;

/** By which mappings a schema's records become rows. */
@FunctionalInterface
public interface Destination {
  /** By all that apply to its table. */
  Destination ALL = (schema, mappings) -> mappings.of(schema.database(), schema.table());

  /** The mappings, one for each target table; records of a schema that has none are dropped. */
  List<TableMapping> of(TableSchema schema, Mappings mappings);
}
