package dev.hologrid.gateway.alerting.hygiene;

/**
 * A stretch of time with more alerts than a person can take in: it begins when more than ten came
 * within ten minutes and ends when fewer than five did (ISA-18.2).
 *
 * @param from event time of the first alert of it, milliseconds
 * @param to event time of the last
 * @param alerts how many came in it
 */
public record Flood(long from, long to, int alerts) {}
