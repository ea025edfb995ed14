/** Single message transforms: what they make of records, and how that is written. */
@NullMarked
package dev.lockstep.capture.transforms;

import org.jspecify.annotations.NullMarked;
