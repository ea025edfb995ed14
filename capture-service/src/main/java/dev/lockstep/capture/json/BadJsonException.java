package dev.lockstep.capture.json;

import org.jspecify.annotations.Nullable;

/** Bytes that are not MySQL's binary JSON: its format has changed, or the binlog is damaged. */
final class BadJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadJsonException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
