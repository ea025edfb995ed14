/** What is counted and timed for whoever watches; {@code docs/metrics.md} lists it. */
@NullMarked
package dev.lockstep.apply.meters;

import org.jspecify.annotations.NullMarked;
