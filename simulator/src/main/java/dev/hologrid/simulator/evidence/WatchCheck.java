package dev.hologrid.simulator.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** I4 and I12: what a watch saw of a running server, one look a line. */
final class WatchCheck {
  private long looks;
  private long unbalanced;
  private double mostMiB;
  private long above;
  private double limitMiB;
  private String first = "";

  private WatchCheck() {}

  static List<Verdict> of(@Nullable Path watch) throws IOException {
    if (watch == null) {
      return List.of(
          Verdict.unseen("I4", "books", "nobody watched"),
          Verdict.unseen("I12", "bounded", "nobody watched"));
    }
    WatchCheck check = new WatchCheck();
    Lines.each(watch, check::look);
    return List.of(
        Verdict.of(
            "I4",
            "books",
            check.unbalanced,
            "%d looks, %d unbalanced%s".formatted(check.looks, check.unbalanced, check.first)),
        Verdict.of(
            "I12",
            "bounded",
            check.above,
            "at most %.0f MiB resident, allowed %.0f".formatted(check.mostMiB, check.limitMiB)));
  }

  private void look(JsonNode line) {
    looks++;
    long received = line.path("received").asLong();
    long ended = line.path("stored").asLong() + line.path("quarantined").asLong();
    long inFlight = line.path("inFlight").asLong();
    if (inFlight < 0 || received != ended + inFlight) {
      first = unbalanced++ == 0 ? ", first " + line : first;
    }
    mostMiB = Math.max(mostMiB, line.path("residentMiB").asDouble());
    limitMiB = line.path("limitMiB").asDouble();
    above += line.path("residentMiB").asDouble() > limitMiB ? 1 : 0;
  }
}
