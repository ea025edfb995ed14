@NullMarked
package dev.lockstep.apply.encode;

import org.jspecify.annotations.NullMarked;
