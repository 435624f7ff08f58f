package dev.hologrid.gateway.incident;

/** The incident events as entries of a {@link dev.hologrid.gateway.audit.HashChain}. */
final class HashChain {
  /** Before the first event. */
  static final String START = dev.hologrid.gateway.audit.HashChain.START;

  private HashChain() {}

  /** The hash of a stored row. */
  static String next(String previous, Row row) {
    return dev.hologrid.gateway.audit.HashChain.next(
        previous,
        Long.toString(row.seq()),
        row.incident(),
        Integer.toString(row.version()),
        Long.toString(row.at()),
        row.by(),
        row.name(),
        row.detail());
  }

  /** An event as it is stored. */
  record Row(
      long seq, String incident, int version, long at, String by, String name, String detail) {}
}
