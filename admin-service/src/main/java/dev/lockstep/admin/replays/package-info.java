/** Replays: asked for, cancelled, and how far each has come. */
@NullMarked
package dev.lockstep.admin.replays;

import org.jspecify.annotations.NullMarked;
