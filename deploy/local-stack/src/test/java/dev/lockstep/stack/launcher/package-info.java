@NullMarked
package dev.lockstep.stack.launcher;

import org.jspecify.annotations.NullMarked;
