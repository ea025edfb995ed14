@NullMarked
package dev.lockstep.apply.meters;

import org.jspecify.annotations.NullMarked;
