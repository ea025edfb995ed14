package dev.lockstep.system.suite;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequestManager;
import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.process.Ports;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Stops a service where it enters a method, all its threads at once, so that it can be killed
 * exactly there: the jar is the one that operators run, and knows nothing of it.
 */
public final class Debugger {
  private static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("lockstep.limit.seconds", 90));

  private final int port = Ports.free();

  /** The flag that a service is started with. */
  public String flag() {
    return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port;
  }

  /** Takes hold of a service that was started with the flag. */
  public Held attach() {
    AttachingConnector connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(known -> known.name().equals("com.sun.jdi.SocketAttach"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    arguments.get("hostname").setValue("127.0.0.1");
    arguments.get("port").setValue(String.valueOf(port));
    return new Held(
        Eventually.eventuallySees(
            "a debugger's port", LIMIT, () -> connector.attach(arguments), vm -> true));
  }

  /** A service in the debugger's hands. */
  public static final class Held {
    private final VirtualMachine service;

    private Held(VirtualMachine service) {
      this.service = service;
    }

    /**
     * Lets it run until it enters a method for the so many-eth time from now on; it stands there
     * until it is told to go on, or killed.
     */
    public void runTo(String type, String method, int times) throws InterruptedException {
      EventRequestManager requests = service.eventRequestManager();
      ClassPrepareRequest loads = requests.createClassPrepareRequest();
      loads.addClassFilter(type);
      loads.enable();
      service.classesByName(type).forEach(loaded -> breakAt(loaded, method));
      service.resume();
      String place = type.substring(type.lastIndexOf('.') + 1) + "." + method;
      try {
        await(method, times, place);
        requests.deleteEventRequest(loads);
        requests.deleteAllBreakpoints();
      } catch (VMDisconnectedException e) {
        throw new AssertionError("The service ended before it came to " + place, e);
      }
    }

    private void await(String method, int times, String place) throws InterruptedException {
      long deadline = System.nanoTime() + LIMIT.toNanos();
      for (int left = times; System.nanoTime() < deadline; ) {
        EventSet events = service.eventQueue().remove(500);
        if (events == null) {
          continue;
        }
        for (Event event : events) {
          if (event instanceof ClassPrepareEvent loaded) {
            breakAt(loaded.referenceType(), method);
          } else if (event instanceof BreakpointEvent) {
            left--;
          }
        }
        if (left <= 0) {
          return;
        }
        events.resume();
      }
      throw new AssertionError("The service did not come to " + place + " within " + LIMIT);
    }

    private void breakAt(ReferenceType type, String method) {
      List<Method> methods =
          type.methodsByName(method).stream().filter(found -> !found.isBridge()).toList();
      if (methods.size() != 1) {
        throw new IllegalArgumentException("Not one method " + method + " but " + methods);
      }
      service.eventRequestManager().createBreakpointRequest(methods.getFirst().location()).enable();
    }
  }
}
