/** Snapshots on demand: what was asked for, in its order, and how far each has come. */
@NullMarked
package dev.lockstep.capture.snapshots;

import org.jspecify.annotations.NullMarked;
