@NullMarked
package dev.lockstep.capture.publish;

import org.jspecify.annotations.NullMarked;
