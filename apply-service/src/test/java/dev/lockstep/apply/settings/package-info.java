@NullMarked
package dev.lockstep.apply.settings;

import org.jspecify.annotations.NullMarked;
