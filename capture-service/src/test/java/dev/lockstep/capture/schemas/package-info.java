/** Tests of the schemas that are read off records. */
@NullMarked
package dev.lockstep.capture.schemas;

import org.jspecify.annotations.NullMarked;
