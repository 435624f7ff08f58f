package dev.hologrid.gateway.ingest;

import dev.hologrid.gateway.decode.Decoded;
import dev.hologrid.gateway.decode.Decoder;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.SourceMessage;
import dev.hologrid.rules.Reading;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way in for fire panels. A panel sends a frame again until it is confirmed, also to a server
 * that was started anew in between: what the last records of the journal hold already is confirmed
 * and not stored twice. A frame is known by its panel, its time and its content; its serial is in
 * no reading. Safe for use by many threads.
 */
final class PanelRepeats implements Inbox {
  private static final Logger log = LoggerFactory.getLogger(PanelRepeats.class);
  private static final String SOURCE = "firepanel";
  private static final String TOPICS = "gb26875/";
  private static final String STATUS = "/status";
  private static final int LOOKED_AT = 100_000;
  private static final int AT_ONCE = 1_000;

  /** Nobody repeats a frame for longer. */
  private static final long MATTERS_MS = Duration.ofMinutes(10).toMillis();

  private final Inbox next;
  private final Decoder decoder;
  private final Set<String> stored;
  private final long until;

  private PanelRepeats(Inbox next, Decoder decoder, Set<String> stored, long until) {
    this.next = next;
    this.decoder = decoder;
    this.stored = stored;
    this.until = until;
  }

  /**
   * Looks at the end of the journal.
   *
   * @param now epoch milliseconds UTC
   */
  static PanelRepeats of(
      Inbox next, Decoder decoder, ReadingCodec codec, Journal journal, long now) {
    Set<String> stored = ConcurrentHashMap.newKeySet();
    try (Journal.Reader reader = journal.reader(journal.end() - LOOKED_AT)) {
      while (reader.read(
              AT_ONCE,
              (offset, record) -> {
                ReadingCodec.Message message = codec.decode(offset, record);
                if (message.source().equals(SOURCE)
                    && message.receivedAt() > now - MATTERS_MS
                    && !message.readings().isEmpty()) {
                  stored.add(content(message.readings()));
                }
              })
          > 0) {
        // until the end
      }
    }
    return new PanelRepeats(next, decoder, stored, now + MATTERS_MS);
  }

  private static String content(List<Reading> readings) {
    StringBuilder out = new StringBuilder();
    for (Reading each : readings) {
      out.append(each.device())
          .append(each.time())
          .append(each.shape().metrics())
          .append(Arrays.toString(each.numbers()))
          .append(Arrays.toString(each.texts()));
    }
    return out.toString();
  }

  @Override
  public void put(SourceMessage message) {
    if (repeated(message)) {
      log.info("{} was stored before the restart; it is confirmed", message.topic());
      message.ack().stored();
    } else {
      next.put(message);
    }
  }

  private boolean repeated(SourceMessage message) {
    if (stored.isEmpty()
        || !message.topic().startsWith(TOPICS)
        || message.topic().endsWith(STATUS)) {
      return false;
    }
    if (message.receivedAt() > until) {
      stored.clear();
      return false;
    }
    // Once: from then on the source knows the frame by its serial, too.
    return decoder.decode(message.topic(), message.payload(), message.receivedAt())
            instanceof Decoded.Accepted accepted
        && stored.remove(content(accepted.readings()));
  }

  @Override
  public boolean ready() {
    return next.ready();
  }
}
