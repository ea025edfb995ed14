/**
 * What can go wrong while applying, and how far it reaches: this moment, this record, this table.
 */
@NullMarked
package dev.lockstep.apply.errors;

import org.jspecify.annotations.NullMarked;
