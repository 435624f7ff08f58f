package dev.hologrid.simulator.evidence;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where to look.
 *
 * @param ledger what the senders wrote
 * @param readings the readings journal as {@code journal export} writes it
 * @param quarantine likewise the quarantine; null: nothing was refused
 * @param alerts likewise the alerts journal; null leaves I3 out
 * @param database JDBC address of the incidents, for example {@code jdbc:sqlite:incidents.db}; null
 *     leaves I9 and half of I3 out
 * @param watch what a watch saw while the server ran; null leaves I4 and I12 out
 * @param archive the archive's rows as NDJSON; null leaves I6 out
 * @param rebuilt the alerts journal of a server that read the readings journal from its beginning;
 *     null leaves I7 out
 * @param deliveries what receivers of notifications wrote; null leaves I8 out
 */
public record Evidence(
    Path ledger,
    Path readings,
    @Nullable Path quarantine,
    @Nullable Path alerts,
    @Nullable String database,
    @Nullable Path watch,
    @Nullable Path archive,
    @Nullable Path rebuilt,
    @Nullable Path deliveries) {

  /** The same with the archive's rows. */
  public Evidence withArchive(Path rows) {
    return new Evidence(
        ledger, readings, quarantine, alerts, database, watch, rows, rebuilt, deliveries);
  }

  /** The same with another database. */
  public Evidence withDatabase(String url) {
    return new Evidence(
        ledger, readings, quarantine, alerts, url, watch, archive, rebuilt, deliveries);
  }

  /** The same with the alerts of a replay. */
  public Evidence withRebuilt(Path other) {
    return new Evidence(
        ledger, readings, quarantine, alerts, database, watch, archive, other, deliveries);
  }

  /** The same with what receivers noted. */
  public Evidence withDeliveries(Path other) {
    return new Evidence(
        ledger, readings, quarantine, alerts, database, watch, archive, rebuilt, other);
  }

  /** The least: ledger and readings. */
  public static Evidence of(Path ledger, Path readings) {
    return new Evidence(ledger, readings, null, null, null, null, null, null, null);
  }
}
