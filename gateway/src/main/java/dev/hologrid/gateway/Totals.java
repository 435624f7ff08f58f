package dev.hologrid.gateway;

/**
 * The server's totals since its start, as one consistent-enough look for people; the books
 * themselves are exact.
 *
 * @param received messages taken in
 * @param stored of these, on disk as readings
 * @param quarantined of these, on disk as refused
 * @param inFlight of these, waiting for the disk
 * @param alerts alerts raised
 * @param firing alerts firing now
 * @param incidents incidents opened
 * @param openIncidents incidents open now
 * @param dispatched incidents dispatched
 * @param p99AlertLatencyMs from receipt of the deciding reading to the alert being on disk
 */
public record Totals(
    long received,
    long stored,
    long quarantined,
    long inFlight,
    long alerts,
    long firing,
    long incidents,
    long openIncidents,
    long dispatched,
    double p99AlertLatencyMs) {

  public boolean balanced() {
    return received == stored + quarantined + inFlight;
  }
}
