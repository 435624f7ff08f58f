package dev.hologrid.peers;

/**
 * What one engine did with one rule.
 *
 * @param readingsPerSecond per second of processor time, the median of the rounds
 * @param bytesPerDevice heap that the engine held after the whole stream
 * @param ratio to the best peer of the same run; NaN in peers' rows and where no peer was there
 * @param alerts how many alerts the whole stream gave
 * @param identical whether these were ours, subject by subject and moment by moment; in our row:
 *     whether all peers' were
 */
record Row(
    BenchRule rule,
    Engine engine,
    double readingsPerSecond,
    long bytesPerDevice,
    double ratio,
    int alerts,
    boolean identical) {}
