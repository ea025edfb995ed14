/** The processes that are measured, capture-service and its rival, and the servers they need. */
@NullMarked
package dev.lockstep.benchmarks.subjects;

import org.jspecify.annotations.NullMarked;
