package dev.hologrid.simulator.site;

import java.util.List;

/**
 * A patrol that is planned: one line of {@code patrols.csv}.
 *
 * @param grid the code of the grid
 * @param points the buildings to be visited
 * @param recurrence for example {@code every 1 2026-01-01}
 * @param from {@code 08:00}
 */
public record Beat(
    String id,
    String name,
    String grid,
    List<Place> points,
    String recurrence,
    String from,
    String to) {}
