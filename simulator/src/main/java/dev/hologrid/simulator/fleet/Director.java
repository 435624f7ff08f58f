package dev.hologrid.simulator.fleet;

import dev.hologrid.simulator.fleet.Scenario.Happening;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Makes the scenario's events happen. Confined to the fleet's event loop. */
final class Director {
  private static final long SMOKY_EVERY_MS = 1_000;
  private static final int DENIED_IN_A_BURST = 6;
  private static final double SURE = 0.94;

  private final EventLoop loop;
  private final InstantSource clock;
  private final List<Device> devices;
  private final SplittableRandom random;
  private final Narrator narrator;

  /** Told of everything that is staged. */
  interface Narrator {
    void tell(Scenario.What what, List<String> devices, String place);
  }

  Director(
      EventLoop loop,
      InstantSource clock,
      List<Device> devices,
      SplittableRandom random,
      Narrator narrator) {
    this.loop = loop;
    this.clock = clock;
    this.devices = devices;
    this.random = random;
    this.narrator = narrator;
  }

  void play(Scenario scenario) {
    for (Happening happening : scenario.happenings()) {
      after(happening.at(), () -> stage(happening));
    }
    Duration again = scenario.repeatEvery();
    if (again != null) {
      after(again, () -> play(scenario));
    }
  }

  private void stage(Happening happening) {
    List<Device> cast =
        switch (happening.what()) {
          case FIRE -> building(happening);
          case STORM -> pick(happening, device -> device.behaviour() instanceof SmokeDetector);
          case FORCED_DOOR, HELD_DOOR, DENIED_BURST ->
              pick(happening, device -> device.behaviour() instanceof Door);
          case LOW_BATTERY ->
              pick(happening, device -> device.behaviour() instanceof SmokeDetector);
          case DROP -> pick(happening, device -> true);
        };
    if (cast.isEmpty()) {
      return;
    }
    narrator.tell(
        happening.what(),
        cast.stream().map(device -> device.sensor().id()).toList(),
        cast.getFirst().sensor().place());
    for (Device device : cast) {
      act(happening, device);
    }
  }

  private void act(Happening happening, Device device) {
    long now = clock.millis();
    switch (happening.what()) {
      case FIRE -> fire(device, now, happening.lasts());
      case STORM -> {
        long start = random.nextLong(Math.max(1, happening.lasts().toMillis()));
        after(Duration.ofMillis(start), () -> fire(device, clock.millis(), Duration.ofSeconds(10)));
      }
      case FORCED_DOOR -> device.report(now, Door.event("door_forced"));
      case HELD_DOOR -> {
        device.report(now, Door.event("door_opened"));
        after(Duration.ofSeconds(1), () -> device.report(clock.millis(), Door.event("door_held")));
        after(happening.lasts(), () -> device.report(clock.millis(), Door.event("door_closed")));
      }
      case DENIED_BURST -> {
        int credential = random.nextInt(1000);
        for (int i = 0; i < DENIED_IN_A_BURST; i++) {
          after(
              Duration.ofMillis(700L * i),
              () -> device.report(clock.millis(), Door.pass("denied", credential)));
        }
      }
      case LOW_BATTERY -> {
        if (device.behaviour() instanceof SmokeDetector smoke) {
          smoke.drain();
          device.routine(now);
        }
      }
      case DROP -> {
        device.drop();
        after(happening.lasts(), device.link()::open);
      }
    }
  }

  private void fire(Device device, long now, Duration lasts) {
    if (device.behaviour() instanceof SmokeDetector smoke) {
      smoke.burn(now, now + lasts.toMillis());
      smoky(device, smoke);
    } else if (device.behaviour() instanceof Camera) {
      device.report(now, Camera.saw("smoke", 0.7));
      after(Duration.ofSeconds(2), () -> device.report(clock.millis(), Camera.saw("fire", SURE)));
    }
  }

  private void smoky(Device device, SmokeDetector smoke) {
    long now = clock.millis();
    device.routine(now);
    if (smoke.smoky(now)) {
      after(Duration.ofMillis(SMOKY_EVERY_MS), () -> smoky(device, smoke));
    }
  }

  /** Detectors and cameras of one building, the fullest building of a few looked at. */
  private List<Device> building(Happening happening) {
    Map<String, List<Device>> buildings = new LinkedHashMap<>();
    for (Device device : devices) {
      if (within(happening, device) && !(device.behaviour() instanceof Door)) {
        buildings
            .computeIfAbsent(buildingOf(device.sensor().place()), code -> new ArrayList<>())
            .add(device);
      }
    }
    List<List<Device>> candidates = new ArrayList<>(buildings.values());
    candidates.removeIf(all -> all.stream().noneMatch(d -> d.behaviour() instanceof SmokeDetector));
    List<Device> best = List.of();
    for (int i = 0; i < 8 && !candidates.isEmpty(); i++) {
      List<Device> other = candidates.get(random.nextInt(candidates.size()));
      best = other.size() > best.size() && best.size() < happening.devices() ? other : best;
    }
    return best.subList(0, Math.min(best.size(), Math.max(1, happening.devices())));
  }

  private static String buildingOf(String place) {
    int floor = place.lastIndexOf("-F");
    return floor < 0 ? place : place.substring(0, floor);
  }

  private List<Device> pick(Happening happening, Predicate<Device> fits) {
    List<Device> fitting = new ArrayList<>();
    for (Device device : devices) {
      if (within(happening, device) && device.link().isUp() && fits.test(device)) {
        fitting.add(device);
      }
    }
    List<Device> picked = new ArrayList<>();
    while (picked.size() < happening.devices() && !fitting.isEmpty()) {
      picked.add(fitting.remove(random.nextInt(fitting.size())));
    }
    return picked;
  }

  private static boolean within(Happening happening, Device device) {
    String place = happening.place();
    return place == null || device.sensor().place().startsWith(place);
  }

  private void after(Duration pause, Runnable action) {
    var unused = loop.schedule(action, pause.toMillis(), TimeUnit.MILLISECONDS);
  }
}
