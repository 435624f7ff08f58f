package dev.hologrid.gateway.decode;

import dev.hologrid.rules.Reading;
import java.util.List;

/** What became of a payload. */
public sealed interface Decoded {
  /**
   * It was understood.
   *
   * @param readings in the order of the message; empty when it says nothing of a sensor
   */
  record Accepted(List<Reading> readings) implements Decoded {
    public Accepted {
      readings = List.copyOf(readings);
    }
  }

  /**
   * It was not.
   *
   * @param detail a sentence that names the field and the way out
   */
  record Rejected(Reason reason, String detail) implements Decoded {}
}
