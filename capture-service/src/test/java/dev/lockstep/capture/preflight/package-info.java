/** Tests of the preflight: settings without a server, the rest against a real one. */
@NullMarked
package dev.lockstep.capture.preflight;

import org.jspecify.annotations.NullMarked;
