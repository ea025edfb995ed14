/** DDL in the stream, read so that it means what MySQL's own SHOW CREATE TABLE would say. */
@NullMarked
package dev.lockstep.capture.ddl;

import org.jspecify.annotations.NullMarked;
