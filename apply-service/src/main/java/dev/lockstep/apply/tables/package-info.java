/** The target tables: made from a schema, adopted when they fit. */
@NullMarked
package dev.lockstep.apply.tables;

import org.jspecify.annotations.NullMarked;
