package dev.hologrid.gateway.incident;

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
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notes the head of the audit chain outside of the database, so that a chain which was cut short or
 * written anew is found. A line is {@code SEQ HASH TIME}. The first of each day (UTC) is also a
 * file of its own in the folder {@code daily} beside, to be carried elsewhere. Safe for use by many
 * threads.
 */
public final class AuditAnchors implements Component {
  private final Database database;
  private final Path file;
  private final InstantSource clock;
  private long noted;
  private @Nullable LocalDate lastDay;
  private volatile Check check = Check.ok();

  public AuditAnchors(Database database, Path file, InstantSource clock) {
    this.database = database;
    this.file = file;
    this.clock = clock;
  }

  /** One line. */
  public record Anchor(long seq, String hash, Instant at) {
    @Override
    public String toString() {
      return seq + " " + hash + " " + at;
    }
  }

  /** Reads what was noted before, then notes the head. Blocks. */
  public void start() {
    try {
      List<Anchor> before = read(file);
      noted = before.isEmpty() ? 0 : before.getLast().seq();
    } catch (IOException | IllegalArgumentException e) {
      check = Check.degraded("the audit anchors cannot be read: " + e.getMessage());
    }
    note();
  }

  /** Notes the head when there are new events; returns it, or null when there are none. Blocks. */
  public synchronized @Nullable Anchor note() {
    Anchor head = head();
    if (head == null) {
      return null;
    }
    daily(head);
    if (head.seq() <= noted) {
      return null;
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(
          file,
          head + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.SYNC);
      noted = head.seq();
      check = Check.ok();
    } catch (IOException e) {
      check = Check.degraded("the audit anchors cannot be written: " + e.getMessage());
    }
    return head;
  }

  private void daily(Anchor head) {
    LocalDate day = LocalDate.ofInstant(head.at(), ZoneOffset.UTC);
    if (day.equals(lastDay)) {
      return;
    }
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().resolveSibling("daily"));
      Path own = folder.resolve(day + ".txt");
      if (!Files.exists(own)) {
        Files.writeString(
            own,
            head + "\n",
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SYNC);
      }
      lastDay = day;
    } catch (IOException e) {
      check = Check.degraded("the day's audit anchor cannot be written: " + e.getMessage());
    }
  }

  private @Nullable Anchor head() {
    Instant now = clock.instant();
    return database
        .reader()
        .withHandle(
            handle ->
                handle
                    .createQuery("select seq, hash from incident_events order by seq desc limit 1")
                    .map((rs, ctx) -> new Anchor(rs.getLong(1), rs.getString(2), now))
                    .findOne())
        .orElse(null);
  }

  /**
   * The anchors of a file, in order; none when there is no such file.
   *
   * @throws IllegalArgumentException for a line that is no anchor
   */
  public static List<Anchor> read(Path file) throws IOException {
    List<Anchor> anchors = new ArrayList<>();
    if (!Files.exists(file)) {
      return anchors;
    }
    for (String each : Files.readAllLines(file)) {
      String[] words = each.strip().split(" ", -1);
      try {
        if (words.length == 3) {
          anchors.add(new Anchor(Long.parseLong(words[0]), words[1], Instant.parse(words[2])));
        } else if (!each.isBlank()) {
          throw new IllegalArgumentException("an anchor is SEQ HASH TIME, but was " + each);
        }
      } catch (NumberFormatException | DateTimeParseException e) {
        throw new IllegalArgumentException("an anchor is SEQ HASH TIME, but was " + each, e);
      }
    }
    return anchors;
  }

  @Override
  public String name() {
    return "audit";
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
