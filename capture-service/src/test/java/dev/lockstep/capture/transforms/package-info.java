@NullMarked
package dev.lockstep.capture.transforms;

import org.jspecify.annotations.NullMarked;
