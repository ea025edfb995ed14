/** How far applying is behind what has been published. */
@NullMarked
package dev.lockstep.apply.lag;

import org.jspecify.annotations.NullMarked;
