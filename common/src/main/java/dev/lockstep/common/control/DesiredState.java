package dev.lockstep.common.control;

/** What a connector shall do. */
public enum DesiredState {
  /** Capture and publish. */
  RUNNING,
  /** Keep its place and wait. */
  PAUSED,
  /** Be shut down, with its place kept. */
  STOPPED,
  /** Be shut down, and lose what the spec's removals name; then it is gone. */
  DELETED
}
