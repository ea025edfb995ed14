@NullMarked
package dev.lockstep.capture.charsets;

import org.jspecify.annotations.NullMarked;
