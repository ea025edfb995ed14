@NullMarked
package dev.lockstep.stack.fetch;

import org.jspecify.annotations.NullMarked;
