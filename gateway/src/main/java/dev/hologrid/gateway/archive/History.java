package dev.hologrid.gateway.archive;

import java.io.IOException;
import java.util.List;

/** Past values of one metric of one device. */
public interface History {
  /**
   * What is asked.
   *
   * @param kind the device's kind
   * @param from epoch milliseconds, inclusive
   * @param to epoch milliseconds, exclusive
   * @param points about how many points to thin out to; a thinned series keeps the least and the
   *     greatest value of each step
   */
  record Query(String kind, String device, String metric, long from, long to, int points) {}

  /**
   * One value.
   *
   * @param value {@link Double} or {@link String}
   */
  record Point(long time, Object value) {}

  /** Oldest first; empty when nothing is known. Waits for the database: not for an event loop. */
  List<Point> read(Query query) throws IOException;

  /** The unit of a metric, or an empty string. */
  static String unit(String metric) {
    return switch (metric) {
      case "obscuration" -> "dB/m";
      case "temperature" -> "°C";
      case "battery", "humidity" -> "%";
      default -> "";
    };
  }
}
