/** A running admin-service and its peers, for tests. */
@NullMarked
package dev.lockstep.admin.harness;

import org.jspecify.annotations.NullMarked;
