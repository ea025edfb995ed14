/** Connectors at a glance: what is wished of each and what it does. */
@NullMarked
package dev.lockstep.admin.overview;

import org.jspecify.annotations.NullMarked;
