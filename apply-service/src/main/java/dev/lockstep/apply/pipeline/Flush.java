package dev.lockstep.apply.pipeline;

import java.time.Duration;

/**
 * When the rows of a topic are inserted: as soon as one of these is reached.
 *
 * @param rows rows that wait
 * @param bytes memory that they take
 * @param delay how long the first of them has waited, while ClickHouse keeps up
 * @param maxDelay the longest that they wait for many tables' sake
 */
public record Flush(int rows, long bytes, Duration delay, Duration maxDelay) {}
