package dev.hologrid.gateway.ingest;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import java.util.List;

/**
 * Which messages do not wait for others on their way to the disk: those that say that something is
 * the case (smoke is there, a door was forced) and not only how much of it. No rule is asked: a
 * reading that merely crosses a limit is a few milliseconds later, and nothing is lost either way.
 */
final class Urgency {
  private static final String EVENT = "event";

  private Urgency() {}

  static boolean of(List<Reading> message) {
    for (int i = 0; i < message.size(); i++) {
      if (of(message.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean of(Reading reading) {
    Shape shape = reading.shape();
    List<Shape.Type> types = shape.types();
    for (int i = 0; i < types.size(); i++) {
      boolean says =
          switch (types.get(i)) {
            case BOOLEAN -> reading.number(i) != 0;
            case TEXT -> EVENT.equals(shape.metrics().get(i));
            case NUMBER -> false;
          };
      if (says) {
        return true;
      }
    }
    return false;
  }
}
