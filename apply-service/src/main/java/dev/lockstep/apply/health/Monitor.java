package dev.lockstep.apply.health;

import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last known answer to whether something works; one log line at each change. */
public final class Monitor {
  private static final Logger log = LoggerFactory.getLogger(Monitor.class);

  private final String subject;
  private final Supplier<Optional<String>> check;
  private volatile Optional<String> problem;
  private boolean told;

  /**
   * Of a subject that has not been looked at.
   *
   * @param check empty when it works, else why not
   */
  public Monitor(String subject, Supplier<Optional<String>> check) {
    this.subject = subject;
    this.check = check;
    this.problem = Optional.of(subject + " has not been asked yet");
  }

  /** Looks again. */
  public void look() {
    Optional<String> now = check.get();
    if (now.isPresent() && !told) {
      log.atWarn().addKeyValue("reason", now.get()).log("Waiting for {}", subject);
    } else if (now.isEmpty() && told) {
      log.atInfo().log("{} is back", subject);
    }
    told = now.isPresent();
    problem = now;
  }

  /** Empty when it worked at the last look, else why not. */
  public Optional<String> problem() {
    return problem;
  }
}
