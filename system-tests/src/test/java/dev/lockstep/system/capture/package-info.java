@NullMarked
package dev.lockstep.system.capture;

import org.jspecify.annotations.NullMarked;
