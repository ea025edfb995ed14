package dev.lockstep.common.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a connector is doing, as its owner reports it; a value of the status topic under {@code
 * connector/<name>}.
 *
 * @param connector the connector's name
 * @param state what it is doing
 * @param owner the capture-service replica that runs it, as {@code host:port} of its HTTP
 * @param generation the generation of the {@link ConnectorSpec} that this is about
 * @param reason why it failed or waits and the way out; null when there is nothing to tell. Never
 *     holds a secret
 * @param at when the state was entered
 */
public record ConnectorStatus(
    String connector,
    State state,
    String owner,
    long generation,
    @Nullable String reason,
    Instant at) {

  /** A connector's states. */
  public enum State {
    /** The engine is being started; a snapshot counts as RUNNING. */
    STARTING,
    /** Capturing: snapshot or stream. */
    RUNNING,
    /** Failed by something that passes, such as a lost connection; tried again by itself. */
    RETRYING,
    /** Paused as wished. */
    PAUSED,
    /** Stopped as wished. */
    STOPPED,
    /** Stopped by a fault that does not pass by itself; the reason says the way out. */
    FAILED,
    /** Shut down; what was asked to be removed with it is being removed. */
    DELETING,
    /** All of that is removed. */
    DELETED
  }

  /** The record key in the status topic. */
  public static String recordKey(String connector) {
    return StatusKeys.CONNECTOR + connector;
  }
}
