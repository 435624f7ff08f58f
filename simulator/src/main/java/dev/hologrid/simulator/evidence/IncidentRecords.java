package dev.hologrid.simulator.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** The incidents as the database holds them, read by plain SQL. */
final class IncidentRecords implements AutoCloseable {
  private final Connection connection;

  IncidentRecords(String url) throws SQLException {
    connection = DriverManager.getConnection(url);
  }

  private interface Row {
    void take(ResultSet row) throws SQLException;
  }

  private void each(String query, Row row) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        row.take(rows);
      }
    }
  }

  /** Each attached alert with its incident. */
  Map<String, String> incidentOfAlert() throws SQLException {
    Map<String, String> found = new HashMap<>();
    each(
        "select alert, incident from incident_alerts",
        row -> found.put(row.getString(1), row.getString(2)));
    return found;
  }

  /** How often each alert appears in the history of any incident, as opener or joined. */
  Map<String, Integer> timesTold() throws SQLException {
    Map<String, Integer> found = new HashMap<>();
    each(
        "select name, detail from incident_events where name in ('opened', 'alert_joined')",
        row -> {
          String alert = Lines.parse(row.getString(2)).path("alert").asText();
          if (!alert.isEmpty()) {
            found.merge(alert, 1, Integer::sum);
          }
        });
    return found;
  }

  /** Incidents without a single attached alert although a sensor opened them. */
  long empty() throws SQLException {
    long[] count = {0};
    each(
        "select count(*) from incidents where origin = 'SENSOR' and id not in"
            + " (select incident from incident_alerts)",
        row -> count[0] = row.getLong(1));
    return count[0];
  }

  /** I9: every event's hash covers the one before it and its own fields, without a gap. */
  Verdict audit() throws SQLException {
    MessageDigest sha256 = sha256();
    String[] last = {"0".repeat(64)};
    long[] seen = {0, 0};
    String[] first = {""};
    each(
        "select seq, incident, version, at, by_whom, name, detail, hash from incident_events"
            + " order by seq",
        row -> {
          seen[0]++;
          sha256.reset();
          field(sha256, last[0]);
          for (int column = 1; column <= 7; column++) {
            field(sha256, row.getString(column));
          }
          String wanted = HexFormat.of().formatHex(sha256.digest());
          if (row.getLong(1) != seen[0] || !wanted.equals(row.getString(8))) {
            first[0] = seen[1]++ == 0 ? ", first event " + row.getLong(1) : first[0];
          }
          last[0] = row.getString(8);
        });
    return Verdict.of(
        "I9",
        "audit",
        seen[1],
        "%d events, %d break the chain%s".formatted(seen[0], seen[1], first[0]));
  }

  private static void field(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
