package dev.hologrid.gateway.incident;

/** Hears of every committed event, in order, on the desk's thread; returns at once. */
public interface IncidentListener {
  void committed(Incident after, IncidentEntry entry);
}
