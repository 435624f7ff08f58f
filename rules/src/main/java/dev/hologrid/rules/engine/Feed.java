package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.language.Expr;
import dev.hologrid.rules.window.Window;
import org.jspecify.annotations.Nullable;

/** Puts what a reading says into one window of its device; NaN says nothing. */
record Feed(int slot, int slots, Expr.Window spec, Nodes.Num of) {
  void take(Reading reading, DeviceState device, double[] params, long now) {
    double value = of.of(reading, device, params, now);
    if (!Double.isNaN(value)) {
      @Nullable Window[] all = device.windows;
      if (all == null) {
        all = new Window[slots];
        device.windows = all;
      }
      Window window = all[slot];
      if (window == null) {
        window = Window.of(spec.fn(), spec.millis(), spec.q());
        all[slot] = window;
      }
      window.add(now, value, reading.offset());
    }
  }
}
