package dev.hologrid.gateway.alerting;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.journal.Follower;
import dev.hologrid.gateway.journal.FollowerRunner;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.site.PlaceTree;
import dev.hologrid.gateway.site.Site;
import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.AlertEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts fire, and which fired lately: an index in memory over the journal "alerts", rebuilt
 * from it at each start. Written by its follower's thread, read by any.
 */
public final class AlertLog implements Component, Follower<AlertRecord> {

  /** What a list may be narrowed to; null means any, {@code place} means its subtree. */
  public record Filter(
      @Nullable Boolean firing,
      @Nullable String rule,
      @Nullable Severity severity,
      @Nullable String category,
      @Nullable String place,
      @Nullable String device) {
    /** Everything. */
    public static Filter any() {
      return new Filter(null, null, null, null, null, null);
    }
  }

  /** A page of alerts, newest first, and where the next one begins. */
  public record Page(List<Alert> alerts, @Nullable String next) {}

  private record Known(long order, Alert alert) {}

  private final Site site;
  private final int most;
  private final FollowerRunner<AlertRecord> runner;
  private final Journal journal;
  private final ConcurrentHashMap<String, Known> byKey = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<Long, Known> newestFirst =
      new ConcurrentSkipListMap<>((a, b) -> Long.compare(b, a));
  private final ConcurrentHashMap<String, Known> firing = new ConcurrentHashMap<>();
  private final AtomicIntegerArray bySeverity = new AtomicIntegerArray(Severity.values().length);
  private final List<Consumer<AlertRecord>> listeners = new CopyOnWriteArrayList<>();
  private final LongAdder raised = new LongAdder();
  private final LongAdder cleared = new LongAdder();
  private volatile long liveFrom;

  /** No I/O, no threads yet. */
  public AlertLog(Journal alerts, Site site, AlertingConfig config) {
    this.journal = alerts;
    this.site = site;
    this.most = config.history();
    this.runner =
        new FollowerRunner<>(alerts, this, AlertJson::read, null).sharing(AlertRecord.class);
  }

  /** Begins to read from the first alert that the journal keeps. */
  public void start() {
    liveFrom = journal.end();
    runner.startAt(journal.begin());
  }

  /** Told of each event that is stored after the start, on the log's own thread. */
  public void onEvent(Consumer<AlertRecord> listener) {
    listeners.add(listener);
  }

  @Override
  public void handle(List<Entry<AlertRecord>> batch) {
    for (Entry<AlertRecord> each : batch) {
      apply(each.value());
      if (each.offset() >= liveFrom) {
        listeners.forEach(listener -> listener.accept(each.value()));
      }
    }
    forgetOldest();
  }

  private void apply(AlertRecord record) {
    Alert alert = record.event().alert();
    String key = alert.id().key();
    Known before = byKey.get(key);
    Known now = new Known(before == null ? record.offset() : before.order(), alert);
    byKey.put(key, now);
    newestFirst.put(now.order(), now);
    Known fired = alert.firing() ? firing.put(key, now) : firing.remove(key);
    if (fired != null) {
      bySeverity.decrementAndGet(fired.alert().severity().ordinal());
    }
    if (alert.firing()) {
      bySeverity.incrementAndGet(alert.severity().ordinal());
    }
    if (record.event().kind() == AlertEvent.Kind.RAISED) {
      raised.increment();
    } else if (record.event().kind() == AlertEvent.Kind.CLEARED) {
      cleared.increment();
    }
  }

  private void forgetOldest() {
    if (byKey.size() <= most) {
      return;
    }
    int surplus = byKey.size() - most;
    for (Known each : newestFirst.descendingMap().values()) {
      if (surplus == 0) {
        return;
      }
      if (!each.alert().firing()) {
        newestFirst.remove(each.order());
        byKey.remove(each.alert().id().key());
        surplus--;
      }
    }
  }

  /** The alert of a key {@code rule/subject/activation}, or null when it is not remembered. */
  public @Nullable Alert alert(String key) {
    Known known = byKey.get(key);
    return known == null ? null : known.alert();
  }

  /** Up to {@code limit} alerts, newest first, after {@code cursor}. */
  public Page list(Filter filter, int limit, @Nullable String cursor) {
    PlaceTree places = site.places();
    List<Alert> found = new ArrayList<>();
    Map<Long, Known> rest =
        cursor == null ? newestFirst : newestFirst.tailMap(Long.parseLong(cursor), false);
    long last = -1;
    for (Known each : rest.values()) {
      if (matches(each.alert(), filter, places)) {
        if (found.size() == limit) {
          return new Page(found, String.valueOf(last));
        }
        found.add(each.alert());
        last = each.order();
      }
    }
    return new Page(found, null);
  }

  private static boolean matches(Alert alert, Filter filter, PlaceTree places) {
    return (filter.firing() == null || filter.firing() == alert.firing())
        && (filter.rule() == null || filter.rule().equals(alert.id().rule()))
        && (filter.severity() == null || filter.severity() == alert.severity())
        && (filter.category() == null || filter.category().equals(alert.category()))
        && (filter.place() == null || places.contains(filter.place(), alert.place()))
        && (filter.device() == null || about(alert, filter.device()));
  }

  private static boolean about(Alert alert, String device) {
    return alert.id().subject().equals(device)
        || alert.because().stream().anyMatch(each -> each.device().equals(device));
  }

  public int firing() {
    return firing.size();
  }

  public int firing(Severity severity) {
    return bySeverity.get(severity.ordinal());
  }

  /** Alerts that fire now for the device itself. */
  public int firingFor(String device) {
    int count = 0;
    for (Known each : firing.values()) {
      count += each.alert().id().subject().equals(device) ? 1 : 0;
    }
    return count;
  }

  /** Firing alerts by severity for every place that has any, counted up the tree. */
  public Map<String, Map<Severity, Integer>> firingByPlace() {
    PlaceTree places = site.places();
    Map<String, Map<Severity, Integer>> counts = new HashMap<>();
    for (Known each : firing.values()) {
      for (String code : places.pathCodes(each.alert().place())) {
        counts
            .computeIfAbsent(code, place -> new EnumMap<>(Severity.class))
            .merge(each.alert().severity(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** Alerts raised, as far back as the journal goes. */
  public long raised() {
    return raised.sum();
  }

  /** Alerts cleared, as far back as the journal goes. */
  public long cleared() {
    return cleared.sum();
  }

  /** Alert events that are stored and not seen here yet. */
  public long lag() {
    return runner.lag();
  }

  @Override
  public String name() {
    return "alert-log";
  }

  @Override
  public Check check() {
    return runner.check();
  }

  @Override
  public void close() {
    runner.close();
  }
}
