/** Desired and reported state: the records of the control topics. */
@NullMarked
package dev.lockstep.common.control;

import org.jspecify.annotations.NullMarked;
