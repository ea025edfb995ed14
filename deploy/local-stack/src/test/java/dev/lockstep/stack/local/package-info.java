@NullMarked
package dev.lockstep.stack.local;

import org.jspecify.annotations.NullMarked;
