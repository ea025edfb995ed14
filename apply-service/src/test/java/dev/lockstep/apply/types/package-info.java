/** Tests of the rules by themselves; with a server they are tried by TypesRoundTripTest. */
@NullMarked
package dev.lockstep.apply.types;

import org.jspecify.annotations.NullMarked;
