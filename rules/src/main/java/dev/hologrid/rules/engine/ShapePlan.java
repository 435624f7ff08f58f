package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.language.Expr;
import dev.hologrid.rules.language.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that readings of one shape can set off, and nothing else. */
final class ShapePlan {
  /** A member's condition of a rule over a place. */
  private record PlaceStep(
      PlaceRule rule, int member, Nodes.Truth when, boolean falseToo, boolean ofReading) {}

  private final DeviceStep[] steps;
  private final PlaceStep[] placeSteps;

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
        labels(rule));
  }

  /** Does a condition of the rule look at the device's labels? */
  private static boolean labels(CompiledRule rule) {
    boolean[] any = {false};
    for (Expr condition : CompiledRule.conditions(rule.rule)) {
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
        boolean ofReading = rule.windows.isEmpty() && !labels(rule);
        into.add(new PlaceStep(place, i, truth, place instanceof ShareRule, ofReading));
      }
    }
  }

  /** Is the reading a sign of life? That a device went offline is not. */
  boolean heard(Reading reading) {
    return status < 0 || reading.number(status) != 0;
  }

  /** Is it about whether the device is there, which the gateway says by its own clock? */
  boolean status() {
    return status >= 0;
  }

  /**
   * Returns whether a condition is true that a late reading could make true. {@code flags} are
   * those of the device {@code number} in the registry: what they rule out is not looked for.
   */
  boolean run(Reading reading, int number, int flags, Core core, boolean heard) {
    boolean judged = false;
    for (DeviceStep step : steps) {
      judged |= step.run(reading, number, flags, core, heard) && step.pointwise;
    }
    long now = reading.time();
    for (PlaceStep step : placeSteps) {
      CompiledRule rule = step.rule.rule;
      boolean alike = step.ofReading && (flags & Registry.ROWS) == 0;
      DeviceState device = alike ? core.nobody() : core.device(number);
      double[] params = alike ? rule.defaults() : rule.params(device);
      if (params != null) {
        boolean is = step.when.of(reading, device, params, now);
        judged |= is && step.rule.orderFree();
        if (is || (step.falseToo && (flags & Registry.SHARES) != 0)) {
          step.rule.judged(step.member, is, core.device(number), reading, now);
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
        judged |= step.run(reading, device.index, ~0, core, false);
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
