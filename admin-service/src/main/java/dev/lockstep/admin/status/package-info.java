/** What the services report, as the status topic holds it. */
@NullMarked
package dev.lockstep.admin.status;

import org.jspecify.annotations.NullMarked;
