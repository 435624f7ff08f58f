package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.language.Expr;
import dev.hologrid.rules.window.Window;

/** Puts what a reading says into one window of its device; NaN says nothing. */
record Feed(int slot, int slots, Expr.Window spec, Nodes.Num of) {
  /** Whether anything went in. */
  boolean take(Reading reading, DeviceState device, double[] params, long now) {
    double value = of.of(reading, device, params, now);
    if (!Double.isNaN(value)) {
      Window window = device.window(slot);
      if (window == null) {
        window = Window.of(spec.fn(), spec.millis(), spec.q());
        device.window(slot, slots, window);
      }
      window.add(now, value, reading.offset());
      return true;
    }
    return false;
  }
}
