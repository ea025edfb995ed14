/** Snapshots on demand: asked for, changed, and how far each has come. */
@NullMarked
package dev.lockstep.admin.snapshots;

import org.jspecify.annotations.NullMarked;
