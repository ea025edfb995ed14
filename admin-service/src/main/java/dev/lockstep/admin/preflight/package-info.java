/** Asking capture-service whether a connector could run. */
@NullMarked
package dev.lockstep.admin.preflight;

import org.jspecify.annotations.NullMarked;
