/** From a record's JSON to a row of a table's RowBinary. */
@NullMarked
package dev.lockstep.apply.encode;

import org.jspecify.annotations.NullMarked;
