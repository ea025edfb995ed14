package dev.lockstep.admin.preflight;

import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightRequest;

/** Tells whether a connector could run. */
@FunctionalInterface
public interface Preflight {
  /**
   * Asks and waits for the answer.
   *
   * @throws PreflightUnavailableException when nobody answered in time
   */
  PreflightReport ask(PreflightRequest request);
}
