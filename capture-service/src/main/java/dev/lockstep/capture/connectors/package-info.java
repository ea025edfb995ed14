/** Which connectors this replica runs, and keeping each as it is wished to be. */
@NullMarked
package dev.lockstep.capture.connectors;

import org.jspecify.annotations.NullMarked;
