@NullMarked
package dev.lockstep.capture.source;

import org.jspecify.annotations.NullMarked;
