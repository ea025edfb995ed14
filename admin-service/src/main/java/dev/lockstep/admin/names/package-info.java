/** What the names that users give may look like. */
@NullMarked
package dev.lockstep.admin.names;

import org.jspecify.annotations.NullMarked;
