package dev.hologrid.gateway.site;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Every device that was provisioned or heard: its place, its state, its latest values. {@link
 * #accept} is called by one thread, the live path; everything else by any.
 */
public final class DeviceRegistry implements Component {
  /** The kind of the watchdog's synthetic device, which is none of the site's. */
  public static final String OWN_KIND = "watchdog";

  private static final long TICK_MS = 500;
  private static final long SWEEP_MS = 5_000;

  /** A page of devices and where the next one begins. */
  public record Page(List<DeviceView> devices, @Nullable String next) {}

  /** What a list may be narrowed to; null means any. */
  public record Filter(
      @Nullable String place, @Nullable String kind, @Nullable DeviceState state) {}

  private final Site site;
  private final SiteConfig config;
  private final LongSupplier clock;
  private final ConcurrentHashMap<String, Tracked> devices = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<String, Tracked> ordered = new ConcurrentSkipListMap<>();
  private final ConcurrentLinkedQueue<Tracked> changed = new ConcurrentLinkedQueue<>();
  private final List<Consumer<List<DeviceView>>> listeners = new CopyOnWriteArrayList<>();
  private final Thread ticker;
  private final Object statesLock = new Object();
  private volatile PlaceCounts counts = new PlaceCounts(PlaceTree.empty());
  private volatile boolean closing;
  private volatile long heardAt;
  private long sweptAt;

  /**
   * No threads yet.
   *
   * @param clock epoch milliseconds
   */
  public DeviceRegistry(Site site, SiteConfig config, LongSupplier clock) {
    this.site = site;
    this.config = config;
    this.clock = clock;
    this.ticker = Thread.ofPlatform().name("devices").daemon().unstarted(this::run);
  }

  /** Follows the site, and begins to tell of changes. */
  public void start() {
    site.onChange(this::provision);
    ticker.start();
  }

  private void run() {
    while (!closing) {
      java.util.concurrent.locks.LockSupport.parkNanos(this, TICK_MS * 1_000_000);
      tick(clock.getAsLong());
    }
  }

  /** Takes an import over: places and labels change, what was heard stays. */
  void provision(Site.Snapshot snapshot) {
    synchronized (statesLock) {
      Set<String> now = new HashSet<>();
      for (SiteDevice each : snapshot.devices()) {
        Tracked device = track(each.id(), each.kind());
        device.kind = each.kind();
        device.provisioned = each;
        device.place = snapshot.places().index(each.place());
        now.add(each.id());
      }
      PlaceCounts fresh = new PlaceCounts(snapshot.places());
      for (Tracked each : devices.values()) {
        if (!now.contains(each.id)) {
          each.provisioned = null;
          each.place = -1;
        }
        fresh.add(each.place, each.state);
      }
      counts = fresh;
    }
  }

  private Tracked track(String id, String kind) {
    Tracked known = devices.get(id);
    if (known != null) {
      return known;
    }
    Tracked fresh = new Tracked(id, kind);
    Tracked raced = devices.putIfAbsent(id, fresh);
    if (raced == null) {
      ordered.put(id, fresh);
      return fresh;
    }
    return raced;
  }

  /** May a message of this device come in? False only where unknown devices are rejected. */
  public boolean admits(String device) {
    return config.unknown() != SiteConfig.UnknownDevices.REJECT || provisioned(device);
  }

  /** May rules see the readings of this device? False for a parked one. */
  public boolean judged(String device) {
    return config.unknown() == SiteConfig.UnknownDevices.ACCEPT || provisioned(device);
  }

  private boolean provisioned(String device) {
    Tracked tracked = devices.get(device);
    return tracked != null && tracked.provisioned != null;
  }

  /** Takes a reading; called by one thread, in journal order. */
  public void accept(Reading reading) {
    if (OWN_KIND.equals(reading.shape().kind())) {
      return;
    }
    Tracked device = devices.get(reading.device());
    if (device == null) {
      device = track(reading.device(), reading.shape().kind());
      synchronized (statesLock) {
        counts.add(device.place, device.state);
      }
    }
    device.keep(reading);
    if (reading.receivedAt() > device.lastSeen) {
      device.lastSeen = reading.receivedAt();
      heardAt = Math.max(heardAt, reading.receivedAt());
    }
    if (reading.shape().size() == 1 && reading.shape().indexOf("online") == 0) {
      device.saidOffline = reading.number(0) == 0;
      become(device, device.saidOffline ? DeviceState.OFFLINE : DeviceState.ONLINE);
    } else if (device.state != DeviceState.ONLINE) {
      device.saidOffline = false;
      become(device, DeviceState.ONLINE);
    }
  }

  private void become(Tracked device, DeviceState state) {
    if (device.state == state) {
      return;
    }
    synchronized (statesLock) {
      counts.move(device.place, device.state, state);
      device.state = state;
    }
    if (!device.changed) {
      device.changed = true;
      changed.add(device);
    }
  }

  /**
   * Tells of changes since the last time, and now and then looks for the silent. Silence is
   * measured against what we heard last ourselves: a pause of ours makes no device offline.
   */
  void tick(long now) {
    if (now - sweptAt >= SWEEP_MS || now < sweptAt) {
      sweptAt = now;
      long limit = Math.min(now, heardAt) - config.silentAfter().toMillis();
      for (Tracked each : devices.values()) {
        if (each.state == DeviceState.ONLINE && each.lastSeen < limit) {
          become(each, DeviceState.OFFLINE);
        }
      }
    }
    List<DeviceView> views = new ArrayList<>();
    for (Tracked each = changed.poll(); each != null; each = changed.poll()) {
      each.changed = false;
      views.add(view(each));
    }
    if (!views.isEmpty()) {
      listeners.forEach(each -> each.accept(views));
    }
  }

  /** Told of state changes, each device once per half second, on the registry's own thread. */
  public void onChange(Consumer<List<DeviceView>> listener) {
    listeners.add(listener);
  }

  /** The device, or null when it is unknown. */
  public @Nullable DeviceView device(String id) {
    Tracked device = devices.get(id);
    return device == null ? null : view(device);
  }

  /** The place code of a device, empty when it is nowhere or unknown. */
  public String placeOf(String id) {
    Tracked device = devices.get(id);
    SiteDevice provisioned = device == null ? null : device.provisioned;
    return provisioned == null ? "" : provisioned.place();
  }

  /** Up to {@code limit} devices in the order of their ids, after the id {@code cursor}. */
  public Page list(Filter filter, int limit, @Nullable String cursor) {
    PlaceTree tree = counts.tree();
    int from = filter.place() == null ? -1 : tree.index(filter.place());
    int to = from < 0 ? Integer.MAX_VALUE : tree.end(from);
    List<DeviceView> found = new ArrayList<>();
    if (filter.place() != null && from < 0) {
      return new Page(found, null);
    }
    Map<String, Tracked> rest = cursor == null ? ordered : ordered.tailMap(cursor, false);
    for (Tracked each : rest.values()) {
      if (each.place < from || each.place >= to) {
        continue;
      }
      if ((filter.kind() == null || each.kind.equals(filter.kind()))
          && (filter.state() == null || each.state == filter.state())) {
        if (found.size() == limit) {
          return new Page(found, found.getLast().id());
        }
        found.add(view(each));
      }
    }
    return new Page(found, null);
  }

  private static DeviceView view(Tracked device) {
    SiteDevice known = device.provisioned;
    return new DeviceView(
        device.id,
        device.kind,
        known == null ? "" : known.place(),
        known == null ? Double.NaN : known.lon(),
        known == null ? Double.NaN : known.lat(),
        device.state,
        device.lastSeen,
        device.values(),
        known == null ? Map.of() : known.labels(),
        known != null);
  }

  /** Devices in the place and everything in it. */
  public int countIn(String place) {
    return counts.total(place);
  }

  /** Devices of that state in the place and everything in it. */
  public int countIn(String place, DeviceState state) {
    return counts.count(place, state);
  }

  public int total() {
    return devices.size();
  }

  /** Devices of that state anywhere, the unplaced among them. */
  public int count(DeviceState state) {
    return counts.everywhere(state);
  }

  /** Told what rules know of the provisioned devices, at once and after each import. */
  public void onProvisioned(Consumer<List<Device>> listener) {
    site.onChange(ignored -> listener.accept(rulesDevices()));
  }

  /** What rules know of the provisioned devices. */
  public List<Device> rulesDevices() {
    Site.Snapshot now = site.now();
    return now.devices().stream()
        .map(
            each ->
                new Device(
                    each.id(), each.kind(), now.places().pathCodes(each.place()), each.labels()))
        .toList();
  }

  @Override
  public String name() {
    return "devices";
  }

  @Override
  public Check check() {
    return Check.ok();
  }

  @Override
  public void close() {
    closing = true;
    java.util.concurrent.locks.LockSupport.unpark(ticker);
  }
}
