/** Table schemas as they are read off the records, with their ids. */
@NullMarked
package dev.lockstep.capture.schemas;

import org.jspecify.annotations.NullMarked;
