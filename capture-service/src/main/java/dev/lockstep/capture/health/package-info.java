/** What the health probes ask. */
@NullMarked
package dev.lockstep.capture.health;

import org.jspecify.annotations.NullMarked;
