/** Whether this service can do its work. */
@NullMarked
package dev.lockstep.admin.health;

import org.jspecify.annotations.NullMarked;
