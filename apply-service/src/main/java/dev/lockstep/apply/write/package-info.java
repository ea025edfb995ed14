/** A batch's way into ClickHouse: planned by table, encoded, inserted. */
@NullMarked
package dev.lockstep.apply.write;

import org.jspecify.annotations.NullMarked;
