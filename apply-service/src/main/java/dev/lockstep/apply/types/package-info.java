/**
 * The one place that says how a source column becomes a target column, and its values RowBinary.
 */
@NullMarked
package dev.lockstep.apply.types;

import org.jspecify.annotations.NullMarked;
