package dev.hologrid.simulator.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for what a gateway under fault may or may not do. */
final class Waiting {
  private static final long STEP_MS = 50;

  /** A question that may fail while the gateway does not answer; that counts as no. */
  interface Question {
    boolean ask() throws IOException, InterruptedException;
  }

  /** Likewise a figure. */
  interface Figure {
    double read() throws IOException, InterruptedException;
  }

  /** Whether waiting still makes sense. */
  interface Hope {
    boolean left();
  }

  private Waiting() {}

  static boolean until(Duration atMost, Question question) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (System.nanoTime() < end) {
      try {
        if (question.ask()) {
          return true;
        }
      } catch (IOException e) {
        // not answering yet
      }
      TimeUnit.MILLISECONDS.sleep(STEP_MS);
    }
    return false;
  }

  /** Until the figure is larger than at first, or there is no hope. */
  static boolean grows(Duration atMost, Figure figure, Hope hope) throws InterruptedException {
    double[] first = {-1};
    boolean[] grown = {false};
    boolean unused =
        until(
            atMost,
            () -> {
              double now = figure.read();
              first[0] = first[0] < 0 ? now : first[0];
              grown[0] = now > first[0];
              return grown[0] || !hope.left();
            });
    return grown[0];
  }
}
