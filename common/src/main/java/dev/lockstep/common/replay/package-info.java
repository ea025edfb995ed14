/** Applying a table's records again: what is asked for, and how far it has come. */
@NullMarked
package dev.lockstep.common.replay;

import org.jspecify.annotations.NullMarked;
