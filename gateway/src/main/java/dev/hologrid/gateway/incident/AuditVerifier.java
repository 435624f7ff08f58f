package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.audit.Anchor;
import dev.hologrid.gateway.audit.AnchorCheck;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Walks the hash chain of all incident events, and shows that every stored incident is what its
 * events say. Blocks; call it off the event loop.
 */
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
   * @param anchors that agree
   * @param firstBad what is wrong with the first bad event, or null
   */
  public record Verdict(long events, String head, long anchors, @Nullable String firstBad) {
    public boolean whole() {
      return firstBad == null;
    }
  }

  /** Walks it from the first event to the last. */
  public Verdict verify() {
    return verify(List.of());
  }

  /**
   * Walks it, and looks at the anchors on the way.
   *
   * @param anchors heads that were noted elsewhere; those of other chains do not count
   */
  public Verdict verify(List<Anchor> anchors) {
    return jdbi.withHandle(handle -> walk(handle, anchors));
  }

  private static Verdict walk(Handle handle, List<Anchor> anchors) {
    Progress progress = new Progress(anchors);
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
    AnchorCheck check = progress.anchors;
    return new Verdict(
        progress.count,
        progress.head,
        check.agreed(),
        bad == null ? check.cutOff(progress.count) : bad);
  }

  /** The first incident whose stored picture is not what its events say, in words; or null. */
  public @Nullable String firstFalsePicture() {
    return jdbi.withHandle(
        handle -> {
          try (var rows =
              handle
                  .createQuery(
                      "select e.seq, e.incident, e.version, e.at, e.by_whom, e.name, e.detail,"
                          + " i.body, i.state, i.version from incident_events e"
                          + " left join incidents i on i.id = e.incident and not exists"
                          + " (select 1 from incident_events l where l.incident = e.incident"
                          + " and l.version = e.version + 1) order by e.incident, e.version")
                  .setFetchSize(1000)
                  .map((rs, ctx) -> Replayed.of(rs))
                  .iterator()) {
            Incident incident = null;
            while (rows.hasNext()) {
              Replayed each = rows.next();
              Incident before = each.entry().version() == 1 ? null : incident;
              incident = IncidentLife.apply(before, each.entry());
              if (each.last() && !each.shows(incident)) {
                return "incident " + incident.id() + " is not stored as its events say";
              }
            }
            return null;
          }
        });
  }

  private record Replayed(
      IncidentEntry entry, boolean last, @Nullable String body, @Nullable String state) {
    static Replayed of(ResultSet rs) throws SQLException {
      IncidentEntry entry =
          new IncidentEntry(
              rs.getLong(1),
              rs.getString(2),
              rs.getInt(3),
              Instant.ofEpochMilli(rs.getLong(4)),
              rs.getString(5),
              IncidentJson.event(rs.getString(6), rs.getString(7)));
      String body = rs.getString(8);
      return new Replayed(entry, body != null, body, rs.getString(9));
    }

    boolean shows(Incident incident) {
      return IncidentJson.write(incident).equals(body) && incident.state().name().equals(state);
    }
  }

  private record Stored(HashChain.Row row, String hash) {}

  private static final class Progress {
    private final AnchorCheck anchors;
    private String head = HashChain.START;
    private long count;

    Progress(List<Anchor> anchors) {
      this.anchors = new AnchorCheck(anchors, Anchor.INCIDENTS, "event");
    }

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
      return anchors.pass(count, head);
    }
  }
}
