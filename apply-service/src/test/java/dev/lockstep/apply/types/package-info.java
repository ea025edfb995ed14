@NullMarked
package dev.lockstep.apply.types;

import org.jspecify.annotations.NullMarked;
