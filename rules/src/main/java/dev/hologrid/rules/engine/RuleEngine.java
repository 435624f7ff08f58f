package dev.hologrid.rules.engine;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.alert.AlertId;
import dev.hologrid.rules.language.RuleSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Readings in, alert events out. Belongs to one thread; has no clock: time moves by the receipt
 * times of readings and by {@link #advance}. The same readings give the same alerts, whether or not
 * the engine was restored from a snapshot in between.
 *
 * <p>What counts as late, double or ahead of its time is said in {@code docs/rules/semantics.md}.
 */
public final class RuleEngine {
  private static final AlertSink NOBODY = event -> {};

  /** So many readings after it was asked for, memory has likely answered. */
  private static final int LAG = 8;

  /** A power of two of at least twice the lag. */
  private static final int EXPECTED = 16;

  final EngineSettings settings;
  Registry registry;
  Core core;
  final PriorityQueue<Reading> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong(Reading::time)
              .thenComparingLong(Reading::offset)
              .thenComparingInt(Reading::index));

  /** Means nothing; but what is used nowhere would not be fetched. */
  @SuppressWarnings("UnusedVariable")
  private long expected;

  /** Where the devices of the last readings that were announced likely are. */
  private final int[] likely = new int[EXPECTED];

  private int announced;
  private final long lateness;
  private final long future;
  long now = Long.MIN_VALUE;
  long lastOffset = -1;
  int lastIndex = -1;
  EngineCounts counts = new EngineCounts(0, 0, 0);

  public RuleEngine(RuleSet rules, EngineSettings settings) {
    this(rules, settings, new Registry());
  }

  RuleEngine(RuleSet rules, EngineSettings settings, Registry registry) {
    this.settings = settings;
    this.registry = registry;
    this.lateness = settings.lateness().toMillis();
    this.future = settings.future().toMillis();
    this.core = new Core(rules, registry);
  }

  /** Registers a device, or takes note of what changed about it: its place, its labels. */
  public void place(Device device) {
    DeviceState state = registry.find(device.id());
    if (state == null) {
      register(device);
    } else if (!state.device.equals(device)) {
      boolean otherKind = !state.device.kind().equals(device.kind());
      core.unregistered(state);
      state.device = device;
      registry.locate(state);
      core.registered(state);
      if (otherKind) {
        core.watch(state);
      }
    }
  }

  private DeviceState register(Device device) {
    DeviceState state = registry.add(device);
    registry.heard(state.index, now == Long.MIN_VALUE ? DeviceState.NEVER : watermark());
    registry.locate(state);
    core.registered(state);
    if (state.heard() != DeviceState.NEVER) {
      core.watch(state);
    }
    return state;
  }

  /** A number that stands for the device in {@link #accept(int, Reading, AlertSink)}. */
  public int handle(String deviceId) {
    return registry.number(deviceId, deviceId.hashCode());
  }

  /**
   * Has the memory fetch what the engine will look at when it takes this reading. Has no other
   * effect. Who has many readings calls it for some dozens first and {@link #accept} for them then:
   * memory answers many questions at a time as fast as one.
   */
  public void expect(Reading reading) {
    // Nothing here waits for an answer: a branch that did, guessed wrong, would undo the rest.
    int number = registry.guess(reading.deviceHash());
    expected += registry.flags(number);
    if (registry.windowed()) {
      int at = announced++;
      likely[at & (EXPECTED - 1)] = number;
      expected += registry.touch(likely[(at - LAG) & (EXPECTED - 1)]);
      expected += registry.touchSamples(likely[(at - 2 * LAG + 1) & (EXPECTED - 1)]);
    }
  }

  /** Takes a reading. */
  public void accept(Reading reading, AlertSink sink) {
    int number = registry.number(reading.device(), reading.deviceHash());
    if (number < 0) {
      Device device = new Device(reading.device(), reading.shape().kind(), List.of(), Map.of());
      number = register(device).index;
    }
    accept(number, reading, sink);
  }

  /** Takes a reading of the device that {@link #handle} gave the number of. */
  public void accept(int device, Reading reading, AlertSink sink) {
    long offset = reading.offset();
    if (offset >= 0) {
      if (offset < lastOffset || (offset == lastOffset && reading.index() <= lastIndex)) {
        counts = counts.plusDuplicate();
        return;
      }
      lastOffset = offset;
      lastIndex = reading.index();
    }
    core.announcer().to(sink);
    Reading taken = reading;
    long receivedAt = reading.receivedAt();
    if (reading.time() > receivedAt + future) {
      counts = counts.plusFuture();
      taken = reading.timed(receivedAt);
    }
    // Every second reading moves the clock: what is not a branch is not guessed wrong.
    long mark = Math.max(now, receivedAt) - lateness;
    if (lateness != 0 || mark > core.timers().next() || now == Long.MIN_VALUE) {
      receive(receivedAt);
    } else {
      now = mark;
      core.clock(mark);
    }
    if (lateness == 0 || taken.time() < watermark()) {
      process(device, taken);
    } else {
      waiting.add(taken);
    }
  }

  private void receive(long receivedAt) {
    if (receivedAt <= now) {
      return;
    }
    boolean first = now == Long.MIN_VALUE;
    now = receivedAt;
    if (first) {
      watchAll();
    }
    run(watermark() - 1);
    core.clock(watermark());
  }

  /** Devices known before time began are waited for from its first moment on. */
  private void watchAll() {
    for (int i = 0; i < registry.size(); i++) {
      if (registry.subject(i) instanceof DeviceState device
          && device.heard() == DeviceState.NEVER) {
        registry.heard(i, watermark());
        core.watch(device);
      }
    }
  }

  private long watermark() {
    return now - lateness;
  }

  /** Time has come to {@code nowMillis} by the receipt clock, whether or not readings came. */
  public void advance(long nowMillis, AlertSink sink) {
    core.announcer().to(sink);
    if (nowMillis > now) {
      boolean first = now == Long.MIN_VALUE;
      now = nowMillis;
      if (first) {
        watchAll();
      }
    }
    run(watermark());
    core.clock(watermark());
  }

  /** Timers and waiting readings up to and including a moment, in the order of their time. */
  private void run(long until) {
    while (true) {
      long timer = core.timers().next();
      Reading reading = waiting.peek();
      long readingAt = reading == null ? Long.MAX_VALUE : reading.time();
      if (Math.min(timer, readingAt) > until) {
        return;
      }
      if (timer < readingAt) {
        core.tick();
      } else {
        Reading next = waiting.remove();
        core.clock(next.time());
        process(registry.number(next.device(), next.deviceHash()), next);
      }
    }
  }

  private void process(int number, Reading reading) {
    long time = reading.time();
    ShapePlan plan = core.plan(reading.shape());
    if (plan.status()) {
      // By the gateway's clock and not the device's: it is never late, and makes nothing else late.
      status(number, plan, reading);
      return;
    }
    int hash = reading.valuesHash();
    long lastTime = registry.lastTime(number);
    if (time < lastTime) {
      late(registry.device(number), plan, reading, mark(time, hash));
      return;
    }
    if (time == lastTime
        && hash == registry.lastHash(number)
        && reading.offset() != registry.lastOffset(number)) {
      counts = counts.plusDuplicate();
      return;
    }
    registry.newest(number, time, reading.offset(), hash);
    boolean heard = plan.heard(reading);
    if (heard) {
      registry.heard(number, Math.max(time, core.clock()));
    }
    if (plan.run(reading, number, registry.flags(number), core, heard)) {
      registry.device(number).judged(mark(time, hash));
    }
  }

  private static long mark(long time, int hash) {
    return time * 0x9E3779B97F4A7C15L ^ hash;
  }

  private void status(int number, ShapePlan plan, Reading reading) {
    boolean heard = plan.heard(reading);
    if (heard) {
      registry.heard(number, Math.max(reading.time(), core.clock()));
    }
    boolean unused = plan.run(reading, number, registry.flags(number), core, heard);
  }

  private void late(DeviceState device, ShapePlan plan, Reading reading, long mark) {
    counts = counts.plusLate();
    if (device.wasJudged(mark)) {
      counts = counts.plusDuplicate();
    } else if (plan.runLate(reading, device, core)) {
      device.judged(mark);
    }
  }

  /**
   * What operators want to be silent, in place of what they wanted before; the maintenance of the
   * rule files counts beside it. Outlives {@link #replace}, but no restart.
   */
  public void silences(List<RuleSet.Silence> silences, AlertSink sink) {
    core.announcer().to(sink);
    core.announcer().silences(silences, watermark());
  }

  /** The alerts that fire now, silenced and inhibited ones included, oldest first. */
  public List<Alert> active() {
    return core.active().stream()
        .filter(a -> a.firing)
        .map(a -> Lifecycle.event(AlertEvent.Kind.RAISED, a, 0, 0).alert())
        .sorted(Comparator.comparingLong(Alert::startedAt).thenComparing(a -> a.id().key()))
        .toList();
  }

  public RuleSet rules() {
    return core.set;
  }

  /** How many devices are known. */
  public int devices() {
    return registry.devices();
  }

  public EngineCounts counts() {
    return counts;
  }

  /**
   * Goes on with another rule set. A rule that says the same as before keeps its state; alerts of
   * rules that are gone or changed are cleared.
   */
  public void replace(RuleSet rules, AlertSink sink) {
    List<Activation> before = core.active().stream().filter(a -> a.firing && a.announced).toList();
    RuleEngine next = restore(rules, settings, snapshot());
    Set<AlertId> kept =
        next.active().stream().map(Alert::id).collect(Collectors.toUnmodifiableSet());
    for (Activation a : before) {
      if (!kept.contains(Composer.compose(a, null).id())) {
        long at = Math.max(a.startedAt, watermark());
        sink.accept(new AlertEvent(AlertEvent.Kind.CLEARED, Composer.compose(a, at), at, at));
      }
    }
    List<RuleSet.Silence> given = core.announcer().given();
    registry = next.registry;
    core = next.core;
    core.announcer().to(sink);
    core.announcer().silences(given, watermark());
    core.announcer().to(NOBODY);
  }

  /** Everything that {@link #restore} needs to go on as if nothing had happened. */
  public byte[] snapshot() {
    return Snapshot.write(this);
  }

  /**
   * An engine as it was at the snapshot. Rules that changed since start afresh.
   *
   * @throws IllegalArgumentException if the bytes are no snapshot, or of a version not known
   */
  public static RuleEngine restore(RuleSet rules, EngineSettings settings, byte[] snapshot) {
    RuleEngine engine = new RuleEngine(rules, settings);
    Snapshot.read(engine, snapshot);
    return engine;
  }
}
