/** The service's configuration properties. */
@NullMarked
package dev.lockstep.apply.settings;

import org.jspecify.annotations.NullMarked;
