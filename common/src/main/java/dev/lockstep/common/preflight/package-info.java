/** Checking a connector's config against its source before it is accepted. */
@NullMarked
package dev.lockstep.common.preflight;

import org.jspecify.annotations.NullMarked;
