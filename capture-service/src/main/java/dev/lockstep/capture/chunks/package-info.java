/**
 * Reading tables in chunks between the changes of the stream: snapshots on demand, on the stream's
 * own thread.
 */
@NullMarked
package dev.lockstep.capture.chunks;

import org.jspecify.annotations.NullMarked;
