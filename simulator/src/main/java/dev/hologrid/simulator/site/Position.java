package dev.hologrid.simulator.site;

/** WGS84 degrees. */
public record Position(double lon, double lat) {}
