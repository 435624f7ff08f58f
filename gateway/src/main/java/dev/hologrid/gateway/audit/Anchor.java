package dev.hologrid.gateway.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The head of a chain as it once was. Kept where nobody who can change the chain can change it too,
 * it tells a chain that was cut short or written anew. As text {@code CHAIN SEQ HASH TIME}; without
 * the first word it is of the incidents, as in the files of older versions.
 *
 * @param chain {@link #INCIDENTS} or {@link #SECURITY}
 * @param seq of the last entry, counted from 1
 * @param hash of the last entry, 64 hexadecimal digits
 * @param at when it was noted
 */
public record Anchor(String chain, long seq, String hash, Instant at) {
  /** The events of incidents, in the database. */
  public static final String INCIDENTS = "incidents";

  /** The security decisions, in the data folder. */
  public static final String SECURITY = "security";

  private static final Pattern TEXT =
      Pattern.compile(
          "(?:\\b(incidents|security) )?\\b([0-9]{1,18}) ([0-9a-f]{64})"
              + " ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z)");

  /** A line of an e-mail that goes on in the next one (quoted-printable). */
  private static final Pattern GOES_ON = Pattern.compile("=\\r?\\n");

  @Override
  public String toString() {
    return chain + " " + seq + " " + hash + " " + at;
  }

  /**
   * The anchors of a file that this server wrote, in order; none when there is no such file.
   *
   * @throws IllegalArgumentException for a line that is no anchor
   */
  public static List<Anchor> noted(Path file) throws IOException {
    List<Anchor> anchors = new ArrayList<>();
    if (!Files.exists(file)) {
      return anchors;
    }
    for (String each : Files.readAllLines(file)) {
      Matcher found = TEXT.matcher(each.strip());
      Anchor anchor = found.matches() ? of(found) : null;
      if (anchor == null && !each.isBlank()) {
        throw new IllegalArgumentException("an anchor is [CHAIN] SEQ HASH TIME, but was " + each);
      }
      if (anchor != null) {
        anchors.add(anchor);
      }
    }
    return anchors;
  }

  /**
   * The anchors in any text, such as the body of a notification, an e-mail, or lines of a chat.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static List<Anchor> received(String text) {
    List<Anchor> anchors = new ArrayList<>();
    Matcher found = TEXT.matcher(GOES_ON.matcher(text).replaceAll(""));
    while (found.find()) {
      Anchor anchor = of(found);
      if (anchor != null) {
        anchors.add(anchor);
      }
    }
    if (anchors.isEmpty()) {
      throw new IllegalArgumentException("has no anchor, which is [CHAIN] SEQ HASH TIME");
    }
    return anchors;
  }

  private static @Nullable Anchor of(Matcher found) {
    String chain = found.group(1) == null ? INCIDENTS : found.group(1);
    try {
      return new Anchor(
          chain, Long.parseLong(found.group(2)), found.group(3), Instant.parse(found.group(4)));
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
