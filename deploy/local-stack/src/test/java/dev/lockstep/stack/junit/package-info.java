@NullMarked
package dev.lockstep.stack.junit;

import org.jspecify.annotations.NullMarked;
