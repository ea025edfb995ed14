/** The backlog of rows that benchmarks move: in the binlog, and captured into a topic. */
@NullMarked
package dev.lockstep.benchmarks.backlog;

import org.jspecify.annotations.NullMarked;
