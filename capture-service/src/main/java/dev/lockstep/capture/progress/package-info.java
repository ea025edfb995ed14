/** How far each connector of this replica is, and how fast: measured, reported and as metrics. */
@NullMarked
package dev.lockstep.capture.progress;

import org.jspecify.annotations.NullMarked;
