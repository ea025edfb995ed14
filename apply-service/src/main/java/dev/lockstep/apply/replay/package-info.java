/** Applies a table's records again while its live stream goes on. */
@NullMarked
package dev.lockstep.apply.replay;

import org.jspecify.annotations.NullMarked;
