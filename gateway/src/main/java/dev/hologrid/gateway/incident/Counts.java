package dev.hologrid.gateway.incident;

/** How often things happened to an incident. */
public record Counts(int alerts, int reworks, int returns, int deferrals, int reopenings) {
  static final Counts NONE = new Counts(0, 0, 0, 0, 0);

  Counts alert() {
    return new Counts(alerts + 1, reworks, returns, deferrals, reopenings);
  }

  Counts rework() {
    return new Counts(alerts, reworks + 1, returns, deferrals, reopenings);
  }

  Counts returned() {
    return new Counts(alerts, reworks, returns + 1, deferrals, reopenings);
  }

  Counts deferral() {
    return new Counts(alerts, reworks, returns, deferrals + 1, reopenings);
  }

  Counts reopening() {
    return new Counts(alerts, reworks, returns, deferrals, reopenings + 1);
  }
}
