package dev.lockstep.apply;

import java.time.Duration;

/**
 * What is done again and again.
 *
 * @param interval the pause between two times
 * @param task what is done; one that throws is run again
 */
record Periodic(Duration interval, Runnable task) {}
