package dev.lockstep.benchmarks.apply;

import dev.lockstep.benchmarks.harness.ProcessUsage;
import dev.lockstep.benchmarks.subjects.ApplyService;
import dev.lockstep.benchmarks.subjects.ServiceRun;
import dev.lockstep.benchmarks.subjects.TargetServer;
import java.io.IOException;

/**
 * apply-service with its defaults.
 *
 * @param topicPrefix of the connector that captured the backlog
 */
record LockstepFiller(ApplyService service, String topicPrefix) implements Filler {
  @Override
  public String name() {
    return "lockstep";
  }

  @Override
  public Filling start(TargetServer target, String group) {
    return new Running(service.start(topicPrefix, target, group));
  }

  private record Running(ServiceRun run) implements Filling {
    @Override
    public ProcessUsage usage() throws IOException {
      return run.usage();
    }

    @Override
    public void verifyAlive() {
      run.verifyAlive();
    }

    @Override
    public String lastWords() {
      return run.lastWords();
    }

    @Override
    public void close() {
      run.close();
    }
  }
}
