/** Snapshots on demand: what is asked for, and what is reported. */
@NullMarked
package dev.lockstep.common.snapshot;

import org.jspecify.annotations.NullMarked;
