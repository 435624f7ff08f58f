package dev.hologrid.gateway.incident;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Notices that wait, were sent, or were given up. They are written in the transaction of the events
 * that they tell of, so none is lost at a crash; one may be sent twice, with the same key. Every
 * method blocks. Safe for use by many threads.
 */
public final class Outbox {
  private static final String COLUMNS =
      "id, key, incident, channel, event, body, attempts, state, last_error";
  private static final int FORGOTTEN_AT_ONCE = 500;
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

  /**
   * Something that channels are to be told.
   *
   * @param key the same for the same thing; each channel's notice has its own, made of it
   * @param subject what it is about: notices of one subject are sent in order
   * @param body see {@code OutboxWriter}; each notice has its key in it as well
   */
  public record Letter(String key, String subject, String event, ObjectNode body, Instant at) {}

  /** Puts a letter into the outbox for some channels, in the transaction of the handle. */
  public static void put(Handle handle, Letter letter, List<String> channels) {
    if (!channels.isEmpty()) {
      put(handle, channels.stream().map(each -> new Addressed(letter, each)).toList());
    }
  }

  /** A letter for one channel. */
  record Addressed(Letter letter, String channel) {}

  /** Numbered after all that are there, so that lists and each subject's notices keep order. */
  static void put(Handle handle, List<Addressed> letters) {
    long id = handle.createQuery("select coalesce(max(id), 0) from outbox").mapTo(Long.class).one();
    PreparedBatch batch =
        handle.prepareBatch(
            "insert into outbox (id, key, incident, channel, event, body, created_at, next_at,"
                + " attempts, state, last_error) values (?, ?, ?, ?, ?, ?, ?, ?, 0, 'WAITING', '')");
    for (Addressed each : letters) {
      Letter letter = each.letter();
      long at = letter.at().toEpochMilli();
      String key = letter.key() + "/" + each.channel();
      batch.add(
          ++id,
          key,
          letter.subject(),
          each.channel(),
          letter.event(),
          keyed(letter.body(), key),
          at,
          at);
    }
    batch.execute();
  }

  /** The key is in the body, too: not every target has a header to find it in. */
  private static String keyed(ObjectNode body, String key) {
    return IncidentJson.object().put("key", key).setAll(body).toString();
  }

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

  /**
   * What came of an attempt.
   *
   * @param state {@code SENT}, {@code WAITING} to be tried again, or {@code DEAD}
   * @param why what went wrong, or empty
   * @param next when it may be tried again
   */
  public record Outcome(long id, String state, String why, Instant next) {
    public static Outcome sent(long id) {
      return new Outcome(id, "SENT", "", Instant.EPOCH);
    }

    public static Outcome failed(long id, String why, Instant next) {
      return new Outcome(id, "WAITING", why, next);
    }

    /** Given up: it stays visible, and later notices of its incident go on. */
    public static Outcome dead(long id, String why) {
      return new Outcome(id, "DEAD", why, Instant.EPOCH);
    }
  }

  /** Notes what came of some attempts, in one transaction. */
  public void note(List<Outcome> outcomes) {
    if (outcomes.isEmpty()) {
      return;
    }
    database
        .writer()
        .useTransaction(
            handle -> {
              PreparedBatch batch =
                  handle.prepareBatch(
                      "update outbox set state = ?, last_error = ?, next_at = ?,"
                          + " attempts = attempts + 1 where id = ?");
              for (Outcome each : outcomes) {
                String why = each.why();
                batch.add(
                    each.state(),
                    why.length() > 500 ? why.substring(0, 500) : why,
                    each.next().toEpochMilli(),
                    each.id());
              }
              batch.execute();
            });
  }

  /**
   * Removes what was sent before; what waits, was given up or is of an open incident stays. Returns
   * how many.
   */
  public int forget(Instant before) {
    int all = 0;
    int some;
    do { // a few at a time: the desk waits for the same connection
      some =
          database
              .writer()
              .withHandle(
                  handle ->
                      handle.execute(
                          "delete from outbox where id in (select id from outbox o"
                              + " where state = 'SENT' and created_at < ? and not exists (select 1"
                              + " from incidents i where i.id = o.incident and i.is_open = 1) limit "
                              + FORGOTTEN_AT_ONCE
                              + ")",
                          before.toEpochMilli()));
      all += some;
    } while (some == FORGOTTEN_AT_ONCE);
    return all;
  }

  /**
   * The latest notice that a channel was sent of each open incident, by the incident's id.
   *
   * @param after only incidents with a greater id
   */
  public List<Notice> standing(String channel, String after, int most) {
    return database
        .reader()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select "
                            + COLUMNS
                            + " from outbox where id in (select max(o.id) from incidents i"
                            + " join outbox o on o.incident = i.id where i.is_open = 1"
                            + " and i.id > :after and o.channel = :c and o.state = 'SENT'"
                            + " group by i.id order by i.id limit :most) order by incident")
                    .bind("c", channel)
                    .bind("after", after)
                    .bind("most", most)
                    .map((rs, ctx) -> notice(rs))
                    .list());
  }

  /** Sends a dead letter again; false when there is no such dead letter. */
  public boolean revive(long id) {
    return database
        .writer()
        .withHandle(
            handle ->
                handle.execute(
                        "update outbox set state = 'WAITING', next_at = 0, attempts = 0"
                            + " where id = ? and state = 'DEAD'",
                        id)
                    == 1);
  }

  /**
   * Notices of a state, newest first.
   *
   * @param state {@code WAITING}, {@code SENT} or {@code DEAD}
   * @param before only those with a smaller id
   */
  public List<Notice> list(String state, long before, int most) {
    return database
        .reader()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select "
                            + COLUMNS
                            + " from outbox where state = :s and id < :before"
                            + " order by id desc limit :most")
                    .bind("s", state)
                    .bind("before", before)
                    .bind("most", most)
                    .map((rs, ctx) -> notice(rs))
                    .list());
  }

  /** The notice, or null. */
  public @Nullable Notice find(long id) {
    return database
        .reader()
        .withHandle(
            handle ->
                handle
                    .createQuery("select " + COLUMNS + " from outbox where id = :id")
                    .bind("id", id)
                    .map((rs, ctx) -> notice(rs))
                    .findOne())
        .orElse(null);
  }

  /** How many wait, and how many are dead, by channel. */
  public Map<String, Map<String, Long>> counts() {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    database
        .reader()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        "select channel, state, count(*) from outbox"
                            + " where state in ('WAITING', 'DEAD') group by channel, state")
                    .map(
                        (rs, ctx) ->
                            counts
                                .computeIfAbsent(rs.getString(1), channel -> new TreeMap<>())
                                .put(rs.getString(2), rs.getLong(3)))
                    .list());
    return counts;
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
