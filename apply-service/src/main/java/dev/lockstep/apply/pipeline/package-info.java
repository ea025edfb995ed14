/**
 * Between a consumer and the target: records are encoded and inserted by other threads while the
 * consumer polls on, within a bound of bytes.
 */
@NullMarked
package dev.lockstep.apply.pipeline;

import org.jspecify.annotations.NullMarked;
