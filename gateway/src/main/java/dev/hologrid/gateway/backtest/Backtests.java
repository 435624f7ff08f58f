package dev.hologrid.gateway.backtest;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.language.RuleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Back-tests of a server that runs, beside its work: one at a time, at half of a processor at most,
 * and for half a minute at most. Thread-safe; {@link #run} keeps its thread.
 */
public final class Backtests {
  /** How long one may take; then it says up to when it came. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final long STINT_NANOS = 5_000_000;

  private final Recorded recorded;
  private final Supplier<List<Device>> devices;
  private final Semaphore one = new Semaphore(1);

  /**
   * @param data the server's data folder
   * @param devices those that are provisioned
   */
  public Backtests(Path data, Supplier<List<Device>> devices) {
    this.recorded = new Recorded(data);
    this.devices = devices;
  }

  /** Another one runs. */
  public static final class Busy extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Runs one.
   *
   * @throws Busy when another one runs
   * @throws IOException when a journal cannot be read
   */
  public BacktestReport run(RuleSet rules, BacktestRun.Span span, BacktestRun.Choice choice)
      throws Busy, IOException {
    if (!one.tryAcquire()) {
      throw new Busy();
    }
    try {
      BacktestRun run = new BacktestRun(rules, devices.get(), span);
      Stints stints = new Stints(System.nanoTime());
      if (recorded.exists()) {
        recorded.messages(
            run.readFrom(),
            message -> {
              if (!stints.goOn()) {
                run.cut();
                return false;
              }
              return run.take(message.receivedAt(), Recorded.judged(message));
            });
      }
      return run.report(recorded.raised(span.from(), span.to()), choice);
    } finally {
      one.release();
    }
  }

  /** Works for a stint, rests as long. */
  private static final class Stints {
    private final long begun;
    private long stint;

    Stints(long begun) {
      this.begun = begun;
      this.stint = begun;
    }

    /** False when the time is over. */
    boolean goOn() {
      long now = System.nanoTime();
      if (now - stint >= STINT_NANOS) {
        LockSupport.parkNanos(STINT_NANOS);
        stint = System.nanoTime();
      }
      return now - begun < LONGEST.toNanos();
    }
  }
}
