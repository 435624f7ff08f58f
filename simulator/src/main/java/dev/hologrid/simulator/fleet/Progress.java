package dev.hologrid.simulator.fleet;

/**
 * The fleet's totals so far.
 *
 * @param sent first sendings, repeats left out
 */
record Progress(int connected, long sent, long acked, long resent, long skipped) {
  /** Sent and never acknowledged: whether they arrived is unknown. */
  long unacked() {
    return sent - acked;
  }
}
