package dev.hologrid.gateway.archive;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import java.util.List;

/** Readings for tests. */
final class Samples {
  static final Shape SMOKE =
      new Shape(
          "smoke",
          List.of("obscuration", "silenced"),
          List.of(Shape.Type.NUMBER, Shape.Type.BOOLEAN));
  static final Shape ACCESS = new Shape("access", List.of("event"), List.of(Shape.Type.TEXT));

  private Samples() {}

  static Reading smoke(String device, long time, long offset, double value) {
    return new Reading(device, SMOKE, time, time, offset, 0, new double[] {value, 1}, null);
  }

  static Reading access(String device, long time, long offset, String event) {
    return new Reading(
        device, ACCESS, time, time, offset, 0, new double[] {Double.NaN}, new String[] {event});
  }
}
