@NullMarked
package dev.lockstep.apply.parts;

import org.jspecify.annotations.NullMarked;
