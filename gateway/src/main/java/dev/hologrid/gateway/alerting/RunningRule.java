package dev.hologrid.gateway.alerting;

/**
 * A rule that runs.
 *
 * @param version a hash of what it says
 * @param severity in lower case
 * @param file where it is written
 * @param line from 1
 * @param text its lines as they are written
 */
public record RunningRule(
    String name,
    String group,
    String version,
    String severity,
    String category,
    String file,
    int line,
    String text) {}
