/** The bodies of requests. */
@NullMarked
package dev.lockstep.admin.bodies;

import org.jspecify.annotations.NullMarked;
