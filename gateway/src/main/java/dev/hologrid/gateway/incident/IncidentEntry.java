package dev.hologrid.gateway.incident;

import java.time.Instant;

/**
 * An event with its place in the history.
 *
 * @param seq its place among all events of the server, from 1
 * @param incident whose event
 * @param version the incident's version after it, from 1
 * @param by the person, or {@code system}
 */
public record IncidentEntry(
    long seq, String incident, int version, Instant at, String by, IncidentEvent event) {}
