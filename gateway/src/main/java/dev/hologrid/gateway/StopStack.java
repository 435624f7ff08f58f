package dev.hologrid.gateway;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What has been started, so that it can be stopped: newest first, whatever fails. */
final class StopStack implements AutoCloseable {
  private record Step(String name, AutoCloseable part) {}

  private final Deque<Step> started = new ArrayDeque<>();

  synchronized <C extends AutoCloseable> C started(String name, C part) {
    started.push(new Step(name, part));
    return part;
  }

  /**
   * Stops everything once; a second call finds nothing to do.
   *
   * @throws IllegalStateException after all has been tried, with every failure as suppressed
   */
  @Override
  public synchronized void close() {
    List<Exception> failures = new ArrayList<>();
    while (!started.isEmpty()) {
      Step step = started.pop();
      try {
        step.part().close();
      } catch (Exception e) {
        failures.add(new IllegalStateException("could not stop " + step.name(), e));
      }
    }
    if (!failures.isEmpty()) {
      IllegalStateException failed =
          new IllegalStateException(failures.size() + " parts could not be stopped");
      failures.forEach(failed::addSuppressed);
      throw failed;
    }
  }
}
