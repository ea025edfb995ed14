/** What is reported about each partition. */
@NullMarked
package dev.lockstep.apply.status;

import org.jspecify.annotations.NullMarked;
