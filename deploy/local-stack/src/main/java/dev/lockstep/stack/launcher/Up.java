package dev.lockstep.stack.launcher;

import dev.lockstep.stack.StackException;
import dev.lockstep.stack.process.ServerProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Brings up what is not running: the servers side by side, then the services, then the demo. */
final class Up {
  private final State state;
  private final Settings settings;
  private final Servers servers;
  private final boolean detach;
  private final boolean demo;
  private final List<Part> startedHere = new ArrayList<>();
  private volatile boolean stopping;
  private volatile boolean complete;

  Up(Settings given, boolean detach, boolean demo) {
    this.state = State.load(given.home());
    this.settings = given.withPorts(state.ports());
    this.servers = Servers.of(settings);
    this.detach = detach;
    this.demo = demo;
  }

  int run() {
    List<Part> missing = missing();
    if (missing.isEmpty()) {
      Console.progress("Lockstep is already running:");
      new Status(settings).print();
      return 0;
    }
    PortCheck.require(settings, missing);
    Thread undo = new Thread(this::stopAtSignal, "stop");
    Runtime.getRuntime().addShutdownHook(undo);
    if (!start(missing)) {
      return 1;
    }
    complete = true;
    Summary.print(settings, servers, demo);
    if (detach) {
      Runtime.getRuntime().removeShutdownHook(undo);
      return 0;
    }
    Console.progress("Ctrl-C stops everything.");
    new Watch(settings, state, () -> stopping).untilAllAreGone();
    return 0;
  }

  private List<Part> missing() {
    return Arrays.stream(Part.values())
        .filter(part -> part != Part.DEMO || demo)
        .filter(part -> !Servers.isGiven(settings, part))
        .filter(part -> state.alive(part).isEmpty())
        .toList();
  }

  /**
   * Says whether all came up; when not, stops again what this launcher started (in the shutdown
   * hook).
   */
  private boolean start(List<Part> missing) {
    try {
      state.given(Part.SERVERS.stream().filter(part -> Servers.isGiven(settings, part)).toList());
      new ServerStart(settings, servers, this::started).start(missing);
      startServices(missing);
      if (demo) {
        startDemo(missing);
      }
      return true;
    } catch (StackException e) {
      if (!stopping) {
        System.err.println("lockstep: " + e.getMessage());
        Console.progress("Stopping what was started.");
      }
      return false;
    }
  }

  private void startServices(List<Part> missing) {
    Services services = new Services(settings, servers);
    ServiceStart start = new ServiceStart(settings);
    for (Part service : Part.SERVICES) {
      if (missing.contains(service)) {
        ServerProcess process = services.startService(service);
        started(StartedProcess.of(service, process.pid(), settings));
        Console.progress(
            "%s starts on port %d"
                .formatted(service.title, settings.port(service.ports.getFirst())));
        start.expect(service, process);
      }
    }
    if (demo) {
      Demo.prepare(servers);
    }
    start.awaitReady();
  }

  private void startDemo(List<Part> missing) {
    new Demo(settings, servers).sync();
    if (missing.contains(Part.DEMO)) {
      ServerProcess process = new Services(settings, servers).startDemo();
      started(StartedProcess.of(Part.DEMO, process.pid(), settings));
      Console.progress("The demo changes about two rows a second from now on.");
    }
  }

  private synchronized void started(StartedProcess process) {
    state.add(process);
    startedHere.add(process.part());
  }

  /**
   * Everything once all was up; before that only what this launcher started, and not what ran
   * already.
   */
  private void stopAtSignal() {
    stopping = true;
    List<Part> mine = startedHere();
    List<Part> doomed =
        complete ? Part.IN_STOP_ORDER : Part.IN_STOP_ORDER.stream().filter(mine::contains).toList();
    State now = State.load(settings.home());
    Down.stop(settings, now, doomed);
    for (Part part : Part.SERVERS.reversed()) {
      // a server that was still coming up is not in the state yet
      if (!Servers.isGiven(settings, part)) {
        servers.of(part).stop();
      }
    }
    doomed.forEach(now::remove);
    if (now.processes().isEmpty()) {
      now.clear();
    }
  }

  private synchronized List<Part> startedHere() {
    return List.copyOf(startedHere);
  }
}
