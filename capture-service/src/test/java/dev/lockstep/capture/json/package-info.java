@NullMarked
package dev.lockstep.capture.json;

import org.jspecify.annotations.NullMarked;
