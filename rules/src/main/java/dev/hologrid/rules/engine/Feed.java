package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.language.Expr;
import dev.hologrid.rules.window.Window;

/** Puts what a reading says into what its device remembers of it. */
sealed interface Feed {
  /** Whether anything went into a window. */
  boolean take(Reading reading, DeviceState device, double[] params, long now);

  /** Into one window of the device; NaN says nothing. */
  record OfWindow(int slot, Expr.Window spec, Nodes.Num of) implements Feed {
    @Override
    public boolean take(Reading reading, DeviceState device, double[] params, long now) {
      double value = of.of(reading, device, params, now);
      if (!Double.isNaN(value)) {
        Window window = device.window(slot);
        if (window == null) {
          window = Window.of(spec.fn(), spec.millis(), spec.q());
          device.window(slot, window);
        } else if (window.idle()) {
          device.filled(slot);
        }
        window.add(now, value, reading.offset());
        return true;
      }
      return false;
    }
  }

  /** That a metric was said, to a rule that waits for its silence. */
  record OfMetric(CompiledRule rule, Core core) implements Feed {
    @Override
    public boolean take(Reading reading, DeviceState device, double[] params, long now) {
      LastSaid said = core.said(device, rule);
      said.time = Math.max(now, core.clock());
      said.offset = reading.offset();
      return false;
    }
  }
}
