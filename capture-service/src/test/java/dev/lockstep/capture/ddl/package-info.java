/** Tests of the DDL parser against what MySQL makes of the same statements. */
@NullMarked
package dev.lockstep.capture.ddl;

import org.jspecify.annotations.NullMarked;
