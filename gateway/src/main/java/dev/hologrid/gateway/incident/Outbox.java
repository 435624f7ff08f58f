package dev.hologrid.gateway.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Notices that wait, were sent, or were given up. They are written in the transaction of the events
 * that they tell of, so none is lost at a crash; one may be sent twice, with the same key. Every
 * method blocks. Safe for use by many threads.
 */
public final class Outbox {
  private static final String COLUMNS =
      "id, key, incident, channel, event, body, attempts, state, last_error";
  private final Database database;

  public Outbox(Database database) {
    this.database = database;
  }

  /**
   * A notice for one channel.
   *
   * @param key the same at every attempt
   */
  public record Notice(
      long id,
      String key,
      String incident,
      String channel,
      String event,
      String body,
      int attempts,
      String state,
      String lastError) {}

  /** What may be sent now: for each incident only the oldest waiting notice, so order is kept. */
  public List<Notice> due(String channel, Instant now, int most) {
    return database
        .reader()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select "
                            + COLUMNS
                            + " from outbox o where state = 'WAITING' and channel = :c"
                            + " and next_at <= :now and not exists (select 1 from outbox e where"
                            + " e.incident = o.incident and e.channel = o.channel"
                            + " and e.state = 'WAITING' and e.id < o.id)"
                            + " order by id limit :most")
                    .bind("c", channel)
                    .bind("now", now.toEpochMilli())
                    .bind("most", most)
                    .map((rs, ctx) -> notice(rs))
                    .list());
  }

  public void sent(long id) {
    change(id, "SENT", "", 0);
  }

  public void failed(long id, String why, Instant next) {
    change(id, "WAITING", why, next.toEpochMilli());
  }

  /** Given up: it stays visible, and later notices of its incident go on. */
  public void dead(long id, String why) {
    change(id, "DEAD", why, 0);
  }

  /** Sends a dead letter again. */
  public void revive(long id) {
    change(id, "WAITING", "", 0);
  }

  private void change(long id, String state, String why, long next) {
    database
        .writer()
        .useHandle(
            handle ->
                handle.execute(
                    "update outbox set state = ?, last_error = ?, next_at = ?,"
                        + " attempts = attempts + 1 where id = ?",
                    state,
                    why.length() > 500 ? why.substring(0, 500) : why,
                    next,
                    id));
  }

  /** The newest notices that were given up. */
  public List<Notice> deadLetters(int most) {
    return database
        .reader()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select "
                            + COLUMNS
                            + " from outbox where state = 'DEAD' order by id desc limit :most")
                    .bind("most", most)
                    .map((rs, ctx) -> notice(rs))
                    .list());
  }

  private static Notice notice(ResultSet rs) throws SQLException {
    return new Notice(
        rs.getLong(1),
        rs.getString(2),
        rs.getString(3),
        rs.getString(4),
        rs.getString(5),
        rs.getString(6),
        rs.getInt(7),
        rs.getString(8),
        rs.getString(9));
  }
}
