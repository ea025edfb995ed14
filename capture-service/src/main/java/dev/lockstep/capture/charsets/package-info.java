/** Text as MySQL itself reads it, in every character set that it has. */
@NullMarked
package dev.lockstep.capture.charsets;

import org.jspecify.annotations.NullMarked;
