@NullMarked
package dev.lockstep.apply.pipeline;

import org.jspecify.annotations.NullMarked;
