@NullMarked
package dev.lockstep.apply.tables;

import org.jspecify.annotations.NullMarked;
