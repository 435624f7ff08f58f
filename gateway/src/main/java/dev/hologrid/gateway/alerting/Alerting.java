package dev.hologrid.gateway.alerting;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.component.Pulse;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.Follower;
import dev.hologrid.gateway.journal.FollowerRunner;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.rules.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The follower of the readings journal that runs the rules. Its place is part of the engine's
 * snapshot: after a crash it goes on from there, and what it makes again is recognised, so that the
 * journal "alerts" holds each event once.
 */
public final class Alerting implements Component, Follower<ReadingCodec.Message> {
  private static final Logger log = LoggerFactory.getLogger(Alerting.class);
  private static final long TICK_NANOS = 200_000_000L;

  /** So many messages the engine is told of before it takes them. */
  private static final int BUNCH = 64;

  private static final long SLACK_MS = 500;
  private static final long MOST_STEP_MS = 2_000;
  private static final long RULES_NANOS = 2_000_000_000L;

  /** The rules stand still while the state is copied: at most one part in so many of the time. */
  private static final long RARELY = 500;

  private static final long MOST_PAUSE_NANOS = 300_000_000_000L;

  private final Journal readings;
  private final Journal alerts;
  private final DeviceRegistry devices;
  private final Engine.Maker maker;
  private final AlertingConfig config;
  private final LongSupplier clock;
  private final Snapshots snapshots;
  private final Silences silences;
  private final Latency latency = new Latency();
  private final FollowerRunner<ReadingCodec.Message> runner;
  private final Thread ticker;
  private final Pulse pulse = new Pulse("the clock of the rules");
  private final @Nullable RuleFolder ruleFolder;

  private volatile @Nullable EngineLoop loop;
  private volatile boolean closing;
  private volatile List<String> issues = List.of();
  private volatile String trouble = "";
  private long savedPosition = -1;
  private volatile long pauseNanos;
  private volatile Map<String, String> files = Map.of();
  private volatile int ruleCount;

  /**
   * No I/O yet.
   *
   * @param folder of the engine's state, {@code DATA/engine}
   * @param clock epoch milliseconds
   */
  public Alerting(
      Journal readings,
      Journal alerts,
      DeviceRegistry devices,
      AlertingConfig config,
      Path folder,
      LongSupplier clock) {
    this(
        readings,
        alerts,
        devices,
        new RuleEngines(EngineSettings.DEFAULT.withLateness(config.lateness())),
        config,
        folder,
        clock);
  }

  Alerting(
      Journal readings,
      Journal alerts,
      DeviceRegistry devices,
      Engine.Maker maker,
      AlertingConfig config,
      Path folder,
      LongSupplier clock) {
    this.readings = readings;
    this.alerts = alerts;
    this.devices = devices;
    this.maker = maker;
    this.config = config;
    this.clock = clock;
    this.snapshots = new Snapshots(folder);
    this.silences = new Silences(folder);
    Path rules = config.rules();
    this.ruleFolder = rules == null ? null : new RuleFolder(rules);
    ReadingCodec codec = new ReadingCodec();
    this.runner =
        new FollowerRunner<>(readings, this, codec::decode, null)
            .sharing(ReadingCodec.Message.class);
    this.ticker = Thread.ofPlatform().name("alerting-clock").daemon().unstarted(this::tick);
  }

  /** The one among a server's parts, or null when no rules run there. */
  public static @Nullable Alerting among(List<Component> components) {
    for (Component each : components) {
      if (each instanceof Alerting alerting) {
        return alerting;
      }
    }
    return null;
  }

  /**
   * Loads rules and state, then goes on where it stopped.
   *
   * @throws IOException when the rules cannot be read or have issues, all of which it names
   */
  public void start() throws IOException {
    AlertWriter writer = new AlertWriter(alerts, clock, latency);
    silences.load();
    EngineLoop fresh = restore(writer);
    fresh.silences(silences.all());
    ruleCount = fresh.rules().size();
    devices.onProvisioned(fresh::place);
    loop = fresh;
    runner.startAt(fresh.next());
    ticker.start();
  }

  private EngineLoop restore(AlertWriter writer) throws IOException {
    List<Engine.RuleText> rules = rules();
    files = texts(rules);
    for (Snapshots.Snapshot each : snapshots.read()) {
      try {
        if (each.position() <= readings.end() && each.alerts() <= alerts.end()) {
          return loop(made(rules, each.state()), writer, each);
        }
        log.warn("an engine state is ahead of its journals and not used");
      } catch (IllegalArgumentException e) {
        log.warn("an engine state is not used: {}", e.getMessage());
      }
    }
    Snapshots.Snapshot none =
        new Snapshots.Snapshot(readings.begin(), alerts.begin(), 0, new byte[0]);
    return loop(made(rules, null), writer, none);
  }

  private Engine made(List<Engine.RuleText> rules, byte @Nullable [] state) throws IOException {
    Engine.Made made = maker.make(rules, state);
    Engine engine = made.engine();
    if (engine == null) {
      throw new IOException(
          made.issues().size() + " issues in the rules:\n" + String.join("\n", made.issues()));
    }
    return engine;
  }

  private EngineLoop loop(Engine engine, AlertWriter writer, Snapshots.Snapshot from) {
    EngineLoop fresh = new EngineLoop(engine, writer, devices);
    fresh.at(from.position(), from.clock());
    long end = alerts.end();
    try (Journal.Reader reader = alerts.reader(from.alerts())) {
      while (reader.position() < end) {
        if (reader.read(
                1_000, (offset, bytes) -> fresh.alreadyStored(AlertJson.read(offset, bytes)))
            == 0) {
          break;
        }
      }
    }
    savedPosition = from.position();
    return fresh;
  }

  private List<Engine.RuleText> rules() throws IOException {
    List<Engine.RuleText> own = ruleFolder == null ? List.of() : ruleFolder.read();
    return config.pack() ? maker.beside(own) : own;
  }

  @Override
  public void handle(List<Entry<ReadingCodec.Message>> batch) throws IOException {
    EngineLoop running = loop;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    for (int from = 0; from < batch.size(); from += BUNCH) {
      List<Entry<ReadingCodec.Message>> bunch =
          batch.subList(from, Math.min(from + BUNCH, batch.size()));
      running.expect(bunch);
      for (Entry<ReadingCodec.Message> each : bunch) {
        running.take(each.value());
      }
    }
  }

  private void tick() {
    EngineLoop running = loop;
    long savedAt = System.nanoTime();
    long rulesAt = savedAt;
    while (!closing && running != null) {
      LockSupport.parkNanos(this, TICK_NANOS);
      pulse.beat();
      if (runner.lag() == 0) {
        running.silent(clock.getAsLong() - SLACK_MS, MOST_STEP_MS);
      }
      long now = System.nanoTime();
      if (now - rulesAt > RULES_NANOS) {
        rulesAt = now;
        reloadIfChanged(running);
      }
      if (now - savedAt > Math.max(config.snapshotEvery().toNanos(), pauseNanos) && save(running)) {
        savedAt = now;
      }
    }
  }

  private void reloadIfChanged(EngineLoop running) {
    RuleFolder folder = ruleFolder;
    try {
      if (folder != null && folder.changed()) {
        List<Engine.RuleText> fresh = rules();
        issues = running.replace(maker, fresh);
        if (issues.isEmpty()) {
          files = texts(fresh);
          ruleCount = running.rules().size();
          log.info("the rules were read anew");
          save(running);
        } else {
          log.warn("the rules have issues, the old ones stay:\n{}", String.join("\n", issues));
        }
      }
    } catch (IOException e) {
      issues = List.of("the rule files cannot be read: " + e.getMessage()); // until they can be
    }
  }

  /** Keeps the state; false when its alerts are not all on disk yet. */
  private boolean save(EngineLoop running) {
    if (running.next() == savedPosition) {
      return true; // nothing has come since
    }
    long begun = System.nanoTime();
    Snapshots.Snapshot snapshot = running.snapshot();
    if (snapshot == null) {
      return false;
    }
    pauseNanos = Math.min(MOST_PAUSE_NANOS, RARELY * (System.nanoTime() - begun));
    try {
      snapshots.write(snapshot);
      savedPosition = snapshot.position();
      trouble = "";
    } catch (IOException e) {
      trouble = "the engine's state could not be kept: " + e.getMessage();
    }
    return true;
  }

  /** Readings records that wait for the rules. */
  public long lag() {
    return runner.lag();
  }

  /** The age of the oldest of them. */
  public double lagSeconds() {
    return runner.lagSeconds();
  }

  public Latency latency() {
    return latency;
  }

  /** Silences of operators, past ones of a week included. */
  public List<Silence> silences() {
    return silences.all();
  }

  /**
   * Holds alerts back; the silence is on disk when this returns.
   *
   * @throws IOException when it cannot be kept; then nothing has changed
   */
  public void silence(Silence silence) throws IOException {
    silences.add(silence, clock.getAsLong());
    tellSilences();
  }

  /**
   * Lets out what a silence held back.
   *
   * @return false when there is none of that id
   */
  public boolean unsilence(String id) throws IOException {
    boolean there = silences.remove(id);
    if (there) {
      tellSilences();
    }
    return there;
  }

  private void tellSilences() {
    EngineLoop running = loop;
    if (running != null) {
      running.silences(silences.all());
    }
  }

  /** The time of the server, epoch milliseconds. */
  public long now() {
    return clock.getAsLong();
  }

  /** The rules that run; none before the start. */
  public List<RunningRule> running() {
    EngineLoop running = loop;
    return running == null ? List.of() : running.rules();
  }

  /** The files of the rules that run: the text of each by its name. */
  public Map<String, String> files() {
    return files;
  }

  private static Map<String, String> texts(List<Engine.RuleText> rules) {
    Map<String, String> texts = new LinkedHashMap<>();
    rules.forEach(each -> texts.put(each.name(), each.text()));
    return Collections.unmodifiableMap(texts);
  }

  /** Issues of the rule files as they are now; with any, older rules run. */
  public List<String> issues() {
    return issues;
  }

  long watchdogAt() {
    EngineLoop running = loop;
    return running == null ? 0 : running.watchdogAt();
  }

  @Override
  public String name() {
    return "alerting";
  }

  @Override
  public Check check() {
    EngineLoop running = loop;
    if (running == null) {
      return Check.failed("not started");
    }
    if (pulse.check() instanceof Check.Failed still) {
      return still;
    }
    if (!issues.isEmpty()) {
      return Check.degraded("the old rules run: " + String.join("; ", issues));
    }
    if (ruleCount == 0) {
      return Check.degraded("no rule runs: alerting.rules holds none, and alerting.pack is false");
    }
    if (running.faults() > 0) {
      return Check.degraded(running.faults() + " failures, the last at " + running.lastFault());
    }
    return trouble.isEmpty() ? runner.check() : Check.degraded(trouble);
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(ticker);
    runner.close();
    EngineLoop running = loop;
    try {
      ticker.join(10_000);
      for (int i = 0; running != null && i < 100 && !save(running); i++) {
        LockSupport.parkNanos(this, 20_000_000); // the last alerts are on their way to the disk
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
