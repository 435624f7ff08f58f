package dev.hologrid.simulator.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs one phase after the other on a thread of their own, each within its time, and stops at the
 * end, newest first, what they started: a benchmark never hangs and leaves no process behind.
 */
final class Phases implements AutoCloseable {
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("bench").factory());
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  /**
   * Runs a phase.
   *
   * @throws BenchFailed when it fails, or is not done in time; it is interrupted then
   */
  <T> T run(String what, Duration atMost, Callable<T> phase)
      throws BenchFailed, InterruptedException {
    Future<T> running = worker.submit(phase);
    try {
      return running.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      running.cancel(true);
      throw new BenchFailed(what + " did not end within " + atMost.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof BenchFailed failed
          ? new BenchFailed(what + ": " + failed.getMessage(), failed)
          : new BenchFailed(what + " failed: " + e.getCause(), e);
    }
  }

  /** Notes what is to be stopped at the end, or earlier by {@link #stop}. */
  synchronized <C extends AutoCloseable> C started(C process) {
    started.push(process);
    return process;
  }

  void stop(AutoCloseable process) throws Exception {
    synchronized (this) {
      started.remove(process);
    }
    process.close();
  }

  synchronized void stopAll() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        System.err.println("hologrid: a process of the benchmark did not stop: " + e);
      }
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
    stopAll();
  }
}
