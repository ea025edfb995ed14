/** Tests of MySQL's values as they are read. */
@NullMarked
package dev.lockstep.capture.exact;

import org.jspecify.annotations.NullMarked;
