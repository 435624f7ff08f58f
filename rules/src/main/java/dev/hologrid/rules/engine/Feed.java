package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.language.Expr;
import dev.hologrid.rules.window.Window;
import org.jspecify.annotations.Nullable;

/** Puts what a reading says into one window of its device; NaN says nothing. */
record Feed(int slot, Expr.Window spec, Nodes.Num of) {
  void take(Frame frame, Reading reading, int windows) {
    double value = of.of(frame);
    if (!Double.isNaN(value)) {
      DeviceState device = frame.device();
      @Nullable Window[] all = device.windows;
      if (all == null) {
        all = new Window[windows];
        device.windows = all;
      }
      Window window = all[slot];
      if (window == null) {
        window = Window.of(spec.fn(), spec.millis(), spec.q());
        all[slot] = window;
      }
      window.add(frame.time, value, reading.offset());
    }
  }
}
