@NullMarked
package dev.lockstep.apply.lag;

import org.jspecify.annotations.NullMarked;
