package dev.lockstep.capture.connectors;

import dev.lockstep.common.control.ConnectorSpec;
import java.util.List;

/** Looks at the source once more before an engine starts: it may have been reconfigured. */
@FunctionalInterface
public interface StartCheck {
  /**
   * What would stop the connector for good, each with its way out; empty when nothing is known to.
   *
   * @param spec the connector
   * @param withSnapshot whether it begins with a snapshot
   */
  List<String> problems(ConnectorSpec spec, boolean withSnapshot);
}
