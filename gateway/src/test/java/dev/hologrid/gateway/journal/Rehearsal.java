package dev.hologrid.gateway.journal;

import java.io.IOException;

/**
 * Counts rounds, and those in which an acknowledged record was lost or something else was wrong.
 */
final class Rehearsal {
  /** One round; an {@link AssertionError} says what is wrong. */
  interface Round {
    void run() throws IOException;
  }

  private int tried;
  private int survived;
  private int lost;
  private String first = "";

  void round(Round round) throws IOException {
    tried++;
    try {
      round.run();
      survived++;
    } catch (AssertionError e) {
      String what = String.valueOf(e.getMessage());
      lost += what.contains("lost") ? 1 : 0;
      first = first.isEmpty() ? what : first;
    }
  }

  String json() {
    String said =
        first.isEmpty() ? "" : ",\"first\":\"" + first.replaceAll("[\"\\\\\\n]", " ") + "\"";
    return "{\"tried\":%d,\"survived\":%d,\"lost\":%d%s}".formatted(tried, survived, lost, said);
  }
}
