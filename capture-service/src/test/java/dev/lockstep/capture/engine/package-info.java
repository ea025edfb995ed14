@NullMarked
package dev.lockstep.capture.engine;

import org.jspecify.annotations.NullMarked;
