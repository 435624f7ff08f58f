package dev.hologrid.gateway.alerting;

import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.Follower;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.language.RuleSet;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one engine along the readings journal. What it does depends on the journal alone, except
 * for the clock that moves while all sources are silent; where that makes an event, the event's
 * record says so, and a replay moves the clock to the same place at the same position. Confined to
 * the holder of its monitor.
 */
final class EngineLoop {
  private static final Logger log = LoggerFactory.getLogger(EngineLoop.class);
  private static final long CLOCK_STEP_MS = 1_000;

  private record Mark(long position, long clock) {}

  private final Engine engine;
  private final AlertWriter writer;
  private final DeviceRegistry devices;
  private final ArrayDeque<Mark> marks = new ArrayDeque<>();
  private long next;
  private long clock;
  private long idleClock;

  // Read by whoever asks how it is, who must not wait for an engine that hangs.
  private volatile long faults;
  private volatile String lastFault = "";

  EngineLoop(Engine engine, AlertWriter writer, DeviceRegistry devices) {
    this.engine = engine;
    this.writer = writer;
    this.devices = devices;
  }

  /** Goes on from a snapshot's place. */
  synchronized void at(long position, long streamClock) {
    next = position;
    clock = streamClock;
    idleClock = streamClock;
  }

  /** A record that the journal "alerts" already holds of what comes after that place. */
  synchronized void alreadyStored(AlertRecord record) {
    writer.alreadyStored(record);
    if (record.clock() > 0) {
      Mark mark = new Mark(record.position(), record.clock());
      if (!mark.equals(marks.peekLast())) {
        marks.add(mark);
      }
    }
  }

  synchronized void place(List<Device> placed) {
    placed.forEach(engine::place);
  }

  /** These messages come next. */
  synchronized void expect(List<Follower.Entry<ReadingCodec.Message>> coming) {
    for (Follower.Entry<ReadingCodec.Message> each : coming) {
      for (Reading reading : each.value().readings()) {
        engine.expect(reading);
      }
    }
  }

  /** Takes messages in order; those before its place were taken before. */
  synchronized void take(ReadingCodec.Message message) throws IOException {
    if (message.offset() < next) {
      return;
    }
    Throwable broken = writer.failure();
    if (broken != null) {
      throw new IOException("alerts cannot be written: " + broken.getMessage(), broken);
    }
    replayClock(message.offset());
    long receivedAt = message.receivedAt();
    if (receivedAt - clock >= CLOCK_STEP_MS) {
      clock = receivedAt;
      guarded(
          () -> engine.advance(receivedAt, e -> writer.append(e, message.offset(), 0, false)),
          "the clock");
    }
    for (Reading each : Reading.inOrder(message.readings())) {
      take(each, message.offset());
    }
    next = message.offset() + 1;
  }

  private void take(Reading reading, long offset) {
    if (Watchdog.KIND.equals(reading.shape().kind())) {
      writer.heard(reading.receivedAt());
      return;
    }
    if (devices.judged(reading.device())) {
      guarded(
          () -> engine.accept(reading, e -> writer.append(e, offset + 1, 0, true)),
          "reading " + offset + " of " + reading.device());
    }
  }

  /** A defect of a rule must not stop all others; it is counted and shown. */
  private void guarded(Runnable step, String what) {
    try {
      step.run();
    } catch (RuntimeException e) {
      long count = faults + 1;
      faults = count;
      lastFault = what + ": " + e;
      if (Long.bitCount(count) == 1) { // 1, 2, 4, 8, …: enough to see, too few to fill a disk
        log.error("the engine failed at {}, {} times so far", what, count, e);
      }
    }
  }

  private void replayClock(long position) {
    while (!marks.isEmpty() && marks.peek().position() <= position) {
      Mark mark = marks.remove();
      idle(mark.clock());
    }
  }

  /** All sources are silent and it is {@code now}; moves on by at most {@code step}. */
  synchronized void silent(long now, long step) {
    replayClock(next);
    long from = Math.max(idleClock, clock);
    long to = from == 0 ? now : Math.min(now, from + step); // 0: nothing was heard yet
    if (to > idleClock && writer.failure() == null) {
      idle(to);
    }
  }

  private void idle(long to) {
    idleClock = to;
    guarded(() -> engine.advance(to, e -> writer.append(e, next, to, false)), "the clock");
  }

  /** The state with its place, or null while alerts of it are not on disk yet. */
  synchronized Snapshots.@Nullable Snapshot snapshot() {
    if (!writer.settled() || !marks.isEmpty()) {
      return null;
    }
    return new Snapshots.Snapshot(next, writer.end(), clock, engine.snapshot());
  }

  /** Gives the engine other rules. */
  synchronized List<String> replace(Engine.Maker maker, List<Engine.RuleText> rules) {
    return maker.replace(engine, rules, e -> writer.append(e, next, 0, false));
  }

  synchronized void silences(List<Silence> all) {
    List<RuleSet.Silence> given = all.stream().map(Silence::forRules).toList();
    guarded(() -> engine.silences(given, e -> writer.append(e, next, 0, false)), "the silences");
  }

  synchronized List<RunningRule> rules() {
    return engine.rules();
  }

  synchronized long next() {
    return next;
  }

  /**
   * Receipt of the last watchdog reading with all alerts from before it on disk, epoch
   * milliseconds, or 0.
   */
  long watchdogAt() {
    return writer.heardAt();
  }

  long faults() {
    return faults;
  }

  String lastFault() {
    return lastFault;
  }
}
