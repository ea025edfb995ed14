/** Telling which rows of a table a snapshot has made void. */
@NullMarked
package dev.lockstep.capture.resets;

import org.jspecify.annotations.NullMarked;
