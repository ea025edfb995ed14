/** Credentials that a connector's config names without holding them. */
@NullMarked
package dev.lockstep.capture.credentials;

import org.jspecify.annotations.NullMarked;
