@NullMarked
package dev.lockstep.stack.demo;

import org.jspecify.annotations.NullMarked;
