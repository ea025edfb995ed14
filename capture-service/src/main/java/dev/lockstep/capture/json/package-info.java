/** JSON documents from MySQL's binary form, as the text that MySQL itself shows. */
@NullMarked
package dev.lockstep.capture.json;

import org.jspecify.annotations.NullMarked;
