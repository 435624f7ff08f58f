package dev.hologrid.rules.testing;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.engine.EngineSettings;
import dev.hologrid.rules.engine.RuleEngine;
import dev.hologrid.rules.language.RuleSet;
import java.util.List;

/**
 * Which alerts a rule set would have raised on readings that were recorded: the engine, with
 * inhibition, maintenance and flap damping, and nobody to tell. Moves the clock as the server does,
 * so that the same rules give the alerts that there were.
 */
public final class Backtest {
  private static final long CLOCK_STEP_MS = 1_000;

  private final RuleEngine engine;
  private final AlertSpans spans = new AlertSpans();
  private final long to;
  private long clock = Long.MIN_VALUE;
  private long readings;
  private boolean over;

  /**
   * Begins with the devices as they are provisioned.
   *
   * @param to readings received from this moment on, epoch milliseconds, count no more
   */
  public Backtest(RuleSet rules, List<Device> devices, long to) {
    this.engine = new RuleEngine(rules, EngineSettings.DEFAULT);
    this.to = to;
    devices.forEach(engine::place);
  }

  /** Takes a message's readings in the order of the journal; false once the end is passed. */
  public boolean take(long receivedAt, List<Reading> message) {
    if (over || receivedAt >= to) {
      over = true;
      return false;
    }
    if (clock == Long.MIN_VALUE || receivedAt - clock >= CLOCK_STEP_MS) {
      clock = receivedAt;
      engine.advance(receivedAt, this::hear);
    }
    for (Reading each : Reading.inOrder(message)) {
      readings++;
      engine.accept(each, this::hear);
    }
    return true;
  }

  /** The alerts that would have been raised from {@code from} on; ends the back-test. */
  public List<AlertSpan> raised(long from, long end) {
    if (clock != Long.MIN_VALUE) {
      engine.advance(Math.max(clock, Math.min(end, to)), this::hear);
    }
    return spans.raised(from, to);
  }

  /** How many readings were taken. */
  public long readings() {
    return readings;
  }

  private void hear(AlertEvent event) {
    spans.take(event);
  }
}
