package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.language.Expr;
import dev.hologrid.rules.language.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All that readings of one shape can set off, and nothing else. */
final class ShapePlan {
  /** A member's condition of a rule over a place. */
  private record PlaceStep(PlaceRule rule, int member, Nodes.Truth when, boolean falseToo) {}

  private final DeviceStep[] steps;
  private final PlaceStep[] placeSteps;

  private final int[] textSlots;

  /** The slot of {@code online} when the reading says nothing else, or -1. */
  private final int status;

  ShapePlan(Shape shape, Core core) {
    List<DeviceStep> all = new ArrayList<>();
    List<PlaceStep> overPlaces = new ArrayList<>();
    for (CompiledRule rule : core.rules) {
      ConditionCompiler compiler = new ConditionCompiler(shape, rule.windows, rule.params);
      PlaceRule place = core.placeRule(rule);
      if (place != null) {
        members(rule, place, shape, compiler, overPlaces);
      } else if (rule.rule.scope().concerns(shape.kind())) {
        DeviceStep step = step(rule, shape, compiler, core);
        if (step != null) {
          all.add(step);
        }
      }
    }
    steps = all.toArray(DeviceStep[]::new);
    placeSteps = overPlaces.toArray(PlaceStep[]::new);
    textSlots =
        IntStream.range(0, shape.size())
            .filter(i -> shape.types().get(i) == Shape.Type.TEXT)
            .toArray();
    status = shape.size() == 1 ? shape.indexOf("online") : -1;
  }

  private static @Nullable DeviceStep step(
      CompiledRule rule, Shape shape, ConditionCompiler compiler, Core core) {
    Rule.OnDevice spec = rule.onDevice();
    if (spec == null) {
      return null;
    }
    List<Feed> feeds = new ArrayList<>();
    for (Expr.Window window : rule.windows.keySet()) {
      Feed feed = compiler.feed(window);
      if (feed != null) {
        feeds.add(feed);
      }
    }
    if (shape.indexOf(spec.metric()) >= 0) {
      feeds.add(new Feed.OfMetric(rule, core));
    }
    boolean judges = judges(rule, shape);
    if (!judges && feeds.isEmpty() && spec.absent() == 0) {
      return null;
    }
    List<Nodes.Truth> levels =
        rule.rule.notice().levels().stream().map(level -> compiler.truth(level.when())).toList();
    return new DeviceStep(
        rule,
        spec.raise() == null || !judges ? Nodes.NEVER : compiler.truth(spec.raise()),
        spec.clear() == null ? null : compiler.truth(spec.clear()),
        levels,
        feeds,
        judges && spec.raise() != null,
        labels(spec.raise()));
  }

  private static boolean labels(@Nullable Expr condition) {
    boolean[] any = {false};
    if (condition != null) {
      condition.walk(e -> any[0] |= e instanceof Expr.Label);
    }
    return any[0];
  }

  /** Does a reading of the shape say anything about the conditions? */
  private static boolean judges(CompiledRule rule, Shape shape) {
    boolean[] says = {rule.metrics.isEmpty()};
    for (Expr condition : CompiledRule.conditions(rule.rule)) {
      condition.walk(
          e -> {
            says[0] |= e instanceof Expr.Present;
            says[0] |= e instanceof Expr.Metric m && shape.indexOf(m.name()) >= 0;
          });
    }
    return says[0];
  }

  private static void members(
      CompiledRule rule,
      PlaceRule place,
      Shape shape,
      ConditionCompiler compiler,
      List<PlaceStep> into) {
    List<Rule.Member> members = Core.members(rule.rule);
    for (int i = 0; i < members.size(); i++) {
      Rule.Member member = members.get(i);
      Expr when = member.when();
      boolean concerns =
          rule.rule.scope().concerns(shape.kind())
              && (member.kinds().isEmpty() || member.kinds().contains(shape.kind()));
      if (when == null || !concerns) {
        continue;
      }
      Nodes.Truth truth = compiler.truth(when);
      boolean[] carried = {false};
      when.walk(e -> carried[0] |= e instanceof Expr.Metric m && shape.indexOf(m.name()) >= 0);
      boolean matters = place instanceof ShareRule ? carried[0] : truth != Nodes.NEVER;
      if (matters) {
        into.add(new PlaceStep(place, i, truth, place instanceof ShareRule));
      }
    }
  }

  /** Tells readings of one moment apart by their values. */
  int hash(Reading reading) {
    double[] numbers = reading.numbers();
    // Most readings have three values or fewer, for which a loop costs more than its work.
    long hash =
        switch (numbers.length) {
          case 1 -> mix(1, numbers[0]);
          case 2 -> mix(mix(2, numbers[0]), numbers[1]);
          case 3 -> mix(mix(mix(3, numbers[0]), numbers[1]), numbers[2]);
          default -> mix(numbers);
        };
    @Nullable String[] texts = reading.texts();
    if (texts != null) {
      for (int slot : textSlots) {
        String text = texts[slot];
        hash = hash * 31 + (text == null ? 0 : text.hashCode());
      }
    }
    return (int) (hash ^ (hash >>> 32));
  }

  private static long mix(long hash, double number) {
    return hash * 0x9E3779B97F4A7C15L + Double.doubleToRawLongBits(number);
  }

  private static long mix(double[] numbers) {
    long hash = numbers.length;
    for (double number : numbers) {
      hash = mix(hash, number);
    }
    return hash;
  }

  /** Is the reading a sign of life? That a device went offline is not. */
  boolean heard(Reading reading) {
    return status < 0 || reading.numbers()[status] != 0;
  }

  /** Is it about whether the device is there, which the gateway says by its own clock? */
  boolean status() {
    return status >= 0;
  }

  /**
   * Returns whether a condition is true that a late reading could make true. {@code flags} are the
   * device's in the registry: what they rule out is not looked for.
   */
  boolean run(Reading reading, DeviceState device, int flags, Core core, boolean heard) {
    boolean judged = false;
    for (DeviceStep step : steps) {
      judged |= step.run(reading, device, flags, core, heard) && step.pointwise;
    }
    long now = reading.time();
    for (PlaceStep step : placeSteps) {
      CompiledRule rule = step.rule.rule;
      double[] params = (flags & Registry.ROWS) == 0 ? rule.defaults() : rule.params(device);
      if (params != null) {
        boolean is = step.when.of(reading, device, params, now);
        judged |= is && step.rule.orderFree();
        if (is || (step.falseToo && (flags & Registry.SHARES) != 0)) {
          step.rule.judged(step.member, is, device, reading, now);
        }
      }
    }
    return judged;
  }

  /** A reading older than its device's newest: it counts only where order does not. */
  boolean runLate(Reading reading, DeviceState device, Core core) {
    long time = reading.time();
    boolean judged = false;
    for (DeviceStep step : steps) {
      if (step.pointwise && device.active(step.rule.index) == null) {
        judged |= step.run(reading, device, ~0, core, false);
      }
    }
    for (PlaceStep step : placeSteps) {
      double[] params = step.rule.rule.params(device);
      if (step.rule.orderFree() && params != null && step.when.of(reading, device, params, time)) {
        step.rule.judged(step.member, true, device, reading, time);
        judged = true;
      }
    }
    return judged;
  }

  @Nullable DeviceStep step(CompiledRule rule) {
    for (DeviceStep step : steps) {
      if (step.rule == rule) {
        return step;
      }
    }
    return null;
  }
}
