package dev.hologrid.gateway.incident;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Walks the hash chain of all incident events. Blocks; call it off the event loop. */
public final class AuditVerifier {
  private final Jdbi jdbi;

  public AuditVerifier(Database database) {
    jdbi = database.reader();
  }

  /**
   * What the walk found.
   *
   * @param events how many events are in order from the start
   * @param head the hash of the last good event: compare it with one noted elsewhere, for a chain
   *     cut at its end is whole by itself
   * @param firstBad what is wrong with the first bad event, or null
   */
  public record Verdict(long events, String head, @Nullable String firstBad) {
    public boolean whole() {
      return firstBad == null;
    }
  }

  /** Walks it from the first event to the last. */
  public Verdict verify() {
    return jdbi.withHandle(AuditVerifier::walk);
  }

  private static Verdict walk(Handle handle) {
    Progress progress = new Progress();
    String bad = null;
    try (var rows =
        handle
            .createQuery(
                "select seq, incident, version, at, by_whom, name, detail, hash"
                    + " from incident_events order by seq")
            .setFetchSize(1000)
            .map(
                (rs, ctx) ->
                    new Stored(
                        new HashChain.Row(
                            rs.getLong(1),
                            rs.getString(2),
                            rs.getInt(3),
                            rs.getLong(4),
                            rs.getString(5),
                            rs.getString(6),
                            rs.getString(7)),
                        rs.getString(8)))
            .iterator()) {
      while (rows.hasNext() && bad == null) {
        bad = progress.take(rows.next());
      }
    }
    return new Verdict(progress.count, progress.head, bad);
  }

  private record Stored(HashChain.Row row, String hash) {}

  private static final class Progress {
    private String head = HashChain.START;
    private long count;

    @Nullable String take(Stored stored) {
      HashChain.Row row = stored.row();
      if (row.seq() != count + 1) {
        return "event " + (count + 1) + " is missing: the next one is " + row.seq();
      }
      String expected = HashChain.next(head, row);
      if (!expected.equals(stored.hash())) {
        return "event "
            + row.seq()
            + " ("
            + row.name()
            + " of incident "
            + row.incident()
            + ") does not match its hash";
      }
      head = expected;
      count++;
      return null;
    }
  }
}
