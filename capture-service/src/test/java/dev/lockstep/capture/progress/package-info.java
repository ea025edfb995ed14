@NullMarked
package dev.lockstep.capture.progress;

import org.jspecify.annotations.NullMarked;
