package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import org.jspecify.annotations.Nullable;

/** What a condition looks at; one per engine, filled anew for each reading. */
final class Frame {
  private static final double[] NO_NUMBERS = {};

  double[] numbers = NO_NUMBERS;
  @Nullable String @Nullable [] texts;
  double[] params = NO_NUMBERS;
  @Nullable DeviceState device;
  @Nullable Reading reading;
  long time;

  void look(DeviceState state, Reading at, long now) {
    device = state;
    reading = at;
    numbers = at.numbers();
    texts = at.texts();
    time = now;
  }

  DeviceState device() {
    if (device == null) {
      throw new IllegalStateException("no device is looked at");
    }
    return device;
  }
}
