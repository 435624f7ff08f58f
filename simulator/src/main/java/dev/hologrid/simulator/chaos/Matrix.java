package dev.hologrid.simulator.chaos;

import java.util.List;
import java.util.stream.Stream;

/** All faults, in the order in which they run. */
final class Matrix {
  private Matrix() {}

  static List<Fault> all() {
    return Stream.of(
            KillFaults.all(),
            TlsFaults.all(),
            DiskFaults.all(),
            BrokerFaults.all(),
            StoreFaults.all(),
            NotifyFaults.all(),
            ClockFaults.all(),
            TrafficFaults.all(),
            FloodFaults.all(),
            RuleFaults.all(),
            SilenceFaults.all())
        .flatMap(List::stream)
        .toList();
  }
}
