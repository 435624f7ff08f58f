package dev.hologrid.simulator.chaos;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What became of one fault.
 *
 * @param tried how often it was injected
 * @param survived how often the gateway was well again afterwards
 * @param lost acknowledged messages that were not stored
 * @param doubled alerts that are in more than one incident
 * @param recoverySeconds the longest time until it was ready again
 * @param note what the figures leave out
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Row(
    String fault,
    int tried,
    int survived,
    long lost,
    long doubled,
    double recoverySeconds,
    String note) {}
