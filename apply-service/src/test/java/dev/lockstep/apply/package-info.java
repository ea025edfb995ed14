@NullMarked
package dev.lockstep.apply;

import org.jspecify.annotations.NullMarked;
