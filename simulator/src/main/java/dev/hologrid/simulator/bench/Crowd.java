package dev.hologrid.simulator.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import dev.hologrid.simulator.process.Programs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Many idle connections, to see what each costs the gateway. */
final class Crowd {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of one client process and one client address: well below the ephemeral ports of both. */
  private static final int OF_ONE = 5_000;

  /** Files that a gateway has open besides its connections. */
  private static final int OTHER_FILES = 500;

  /** How many stood at the same time, and the gateway's memory then. */
  record Result(int connections, double residentMiB) {}

  private Crowd() {}

  /** What one process may have open here, less what it needs besides. */
  static int most() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? (int) Math.min(Integer.MAX_VALUE, unix.getMaxFileDescriptorCount()) - OTHER_FILES
        : OF_ONE;
  }

  static Result gather(Phases phases, GatewayProcess gateway, int wanted, Path log)
      throws Exception {
    List<Child> clients = new ArrayList<>();
    for (int from = 0; from < wanted; from += OF_ONE) {
      int number = clients.size() + 1;
      clients.add(
          phases.started(
              Child.start(
                  Programs.simulator(
                      "load",
                      "crowd",
                      "--mqtt",
                      Subjects.address(gateway.mqtt()),
                      "--connections",
                      Integer.toString(Math.min(OF_ONE, wanted - from)),
                      "--name",
                      "crowd-" + number,
                      "--from",
                      "127.0.0." + (number + 1),
                      "--rate",
                      "1500"),
                  log,
                  line -> line.contains("up"))));
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20 + wanted / 1000);
    int up = up(clients);
    while (up < wanted && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
      up = up(clients);
    }
    TimeUnit.SECONDS.sleep(2); // what the greeting left behind
    Result result = new Result(up(clients), gateway.residentMiB());
    for (Child each : clients) {
      phases.stop(each);
    }
    return result;
  }

  private static int up(List<Child> clients) throws IOException {
    int up = 0;
    for (Child each : clients) {
      String last = each.last();
      up += last == null ? 0 : JSON.readTree(last).path("up").asInt();
    }
    return up;
  }
}
