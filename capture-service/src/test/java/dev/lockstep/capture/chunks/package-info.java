@NullMarked
package dev.lockstep.capture.chunks;

import org.jspecify.annotations.NullMarked;
