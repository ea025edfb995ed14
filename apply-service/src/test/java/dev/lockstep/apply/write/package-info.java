@NullMarked
package dev.lockstep.apply.write;

import org.jspecify.annotations.NullMarked;
