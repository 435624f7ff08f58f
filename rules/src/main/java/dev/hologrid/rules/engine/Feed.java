package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.language.Expr;
import dev.hologrid.rules.window.Window;

/** Puts what a reading says into what its device remembers of it. */
sealed interface Feed {
  /** Into one window of the device. */
  record OfWindow(int slot, Expr.Window spec, Nodes.Num of) implements Feed {
    /** {@code value} is what {@link #of} made of the reading; NaN says nothing. */
    void take(double value, Reading reading, DeviceState device) {
      Window window = device.window(slot);
      if (window == null) {
        window = Window.of(spec.fn(), spec.millis(), spec.q());
        device.window(slot, window);
      } else {
        device.filled(slot);
      }
      window.add(reading.time(), value, reading.offset());
    }
  }

  /** That a metric was said, to a rule that waits for its silence. */
  record OfMetric(CompiledRule rule, Core core) implements Feed {
    void take(Reading reading, DeviceState device) {
      LastSaid said = core.said(device, rule);
      said.time = Math.max(reading.time(), core.clock());
      said.offset = reading.offset();
    }
  }
}
