package dev.hologrid.gateway.incident;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.audit.Anchor;
import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Notes the heads of the audit chains outside of them, so that a chain which was cut short or
 * written anew is found. A line is an {@link Anchor}. The first of each day (UTC) and chain is also
 * in a file of the day in the folder {@code daily} beside, and goes through the outbox to the
 * channels that asked for {@code audit_anchor}: once a day, chain and channel, over restarts too.
 * Safe for use by many threads.
 */
public final class AuditAnchors implements Component {
  /** What channels ask for. */
  public static final String EVENT = "audit_anchor";

  /** The state that a notice of one has: nothing is to be done. */
  public static final String NOTED = "NOTED";

  private final Database database;
  private final List<Head> heads;
  private final Path file;
  private final InstantSource clock;
  private final Subscribers subscribers;
  private final Map<String, Long> noted = new HashMap<>();
  private final Map<String, LocalDate> kept = new HashMap<>();
  private final Map<String, LocalDate> told = new HashMap<>();
  private volatile Check check = Check.ok();

  /** The end of a chain that a crash cannot take back. */
  public interface Head {
    /** As of now; null while the chain is empty. */
    @Nullable Anchor anchor(Instant now);
  }

  /**
   * @param others the heads of the chains that are not in the database
   */
  public AuditAnchors(
      Database database,
      List<Head> others,
      Path file,
      InstantSource clock,
      Subscribers subscribers) {
    this.database = database;
    this.heads = new ArrayList<>(others);
    this.heads.addFirst(this::incidents);
    this.file = file;
    this.clock = clock;
    this.subscribers = subscribers;
  }

  /** Reads what was noted before, then notes the heads. Blocks. */
  public void start() {
    try {
      Anchor.noted(file).forEach(each -> noted.merge(each.chain(), each.seq(), Math::max));
    } catch (IOException | IllegalArgumentException e) {
      check = Check.degraded("the audit anchors cannot be read: " + e.getMessage());
    }
    note();
  }

  /** Notes the heads that are new, and tells of each once a day. Blocks. */
  public synchronized void note() {
    Instant now = clock.instant();
    List<String> wrong = new ArrayList<>();
    for (Head each : heads) {
      try {
        Anchor anchor = each.anchor(now);
        if (anchor != null) {
          line(anchor);
          daily(anchor);
          tell(anchor);
        }
      } catch (IOException | JdbiException e) {
        wrong.add(e.getMessage());
      }
    }
    check =
        wrong.isEmpty()
            ? Check.ok()
            : Check.degraded("the audit anchors cannot be noted: " + String.join("; ", wrong));
  }

  private void line(Anchor anchor) throws IOException {
    if (anchor.seq() > noted.getOrDefault(anchor.chain(), 0L)) {
      append(file.toAbsolutePath(), anchor);
      noted.put(anchor.chain(), anchor.seq());
    }
  }

  private void daily(Anchor anchor) throws IOException {
    LocalDate day = day(anchor);
    if (day.equals(kept.get(anchor.chain()))) {
      return;
    }
    Path own = file.toAbsolutePath().resolveSibling("daily").resolve(day + ".txt");
    if (Anchor.noted(own).stream().noneMatch(each -> each.chain().equals(anchor.chain()))) {
      append(own, anchor);
    }
    kept.put(anchor.chain(), day);
  }

  private static void append(Path file, Anchor anchor) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(
        file,
        anchor + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.SYNC);
  }

  private void tell(Anchor anchor) {
    LocalDate day = day(anchor);
    List<String> channels = subscribers.channels(EVENT);
    if (channels.isEmpty() || day.equals(told.get(anchor.chain()))) {
      return;
    }
    database
        .writer()
        .useTransaction(
            handle ->
                Outbox.put(
                    handle,
                    letter(anchor, day),
                    channels.stream().filter(each -> isNew(handle, anchor, day, each)).toList()));
    told.put(anchor.chain(), day);
  }

  /** Not told before: what was sent leaves the outbox after a while, this does not. */
  private static boolean isNew(Handle handle, Anchor anchor, LocalDate day, String channel) {
    return handle.execute(
            "insert into audit_anchors (chain, day, channel, seq, hash, at)"
                + " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
            anchor.chain(),
            day.toString(),
            channel,
            anchor.seq(),
            anchor.hash(),
            anchor.at().toEpochMilli())
        == 1;
  }

  /** The anchor is the title, which every format shows: it can be taken from there as it is. */
  private static Outbox.Letter letter(Anchor anchor, LocalDate day) {
    String subject = "audit-" + anchor.chain();
    String at = IncidentJson.time(anchor.at());
    ObjectNode notice = IncidentJson.object();
    notice.put("id", subject);
    notice.put("number", subject + "/" + day);
    notice.put("title", anchor.toString());
    notice.put("category", "AUDIT");
    notice.put("priority", "P4");
    notice.put("state", NOTED);
    notice.put("level", Level.DISTRICT.name());
    notice.put("origin", "AUDIT");
    notice.put("place", "");
    notice.putNull("assignee");
    notice.put("openedAt", at);
    notice.put("version", anchor.seq());
    notice.put("at", at);
    notice.put("by", "system");
    notice.put("event", EVENT);
    notice
        .putObject("detail")
        .put("chain", anchor.chain())
        .put("seq", anchor.seq())
        .put("hash", anchor.hash())
        .put("at", anchor.at().toString());
    return new Outbox.Letter(subject + "/" + day, subject, EVENT, notice, anchor.at());
  }

  private static LocalDate day(Anchor anchor) {
    return LocalDate.ofInstant(anchor.at(), ZoneOffset.UTC);
  }

  private @Nullable Anchor incidents(Instant now) {
    return database
        .reader()
        .withHandle(
            handle ->
                handle
                    .createQuery("select seq, hash from incident_events order by seq desc limit 1")
                    .map(
                        (rs, ctx) ->
                            new Anchor(Anchor.INCIDENTS, rs.getLong(1), rs.getString(2), now))
                    .findOne())
        .orElse(null);
  }

  @Override
  public String name() {
    return "audit-anchors";
  }

  @Override
  public Check check() {
    return check;
  }

  @Override
  public void close() {
    note();
  }
}
