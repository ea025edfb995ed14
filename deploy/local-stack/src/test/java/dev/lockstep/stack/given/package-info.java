@NullMarked
package dev.lockstep.stack.given;

import org.jspecify.annotations.NullMarked;
