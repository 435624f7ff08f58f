package dev.hologrid.simulator.site;

import java.util.Map;

/** One device of the site, as {@code devices.csv} lists it. */
public record Sensor(
    String id, String kind, String place, Position at, Map<String, String> labels) {}
