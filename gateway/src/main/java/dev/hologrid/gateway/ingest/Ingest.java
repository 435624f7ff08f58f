package dev.hologrid.gateway.ingest;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.decode.Decoded;
import dev.hologrid.gateway.decode.Decoder;
import dev.hologrid.gateway.decode.Reason;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.SourceMessage;
import dev.hologrid.rules.Reading;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one front door: every source hands its messages here; they are decoded, appended, and only
 * then acknowledged. What cannot be decoded goes to the quarantine and is acknowledged too, or it
 * would come again for ever. Safe for use by many threads.
 */
public final class Ingest implements Inbox, Component {
  /** Payloads above this are quarantined without being parsed. */
  public static final int MAX_PAYLOAD = 256 << 10;

  private static final String MYSELF = "v1/devices/me/";
  private static final Logger log = LoggerFactory.getLogger(Ingest.class);

  private final Decoder decoder;
  private final ReadingCodec codec;
  private final FileJournal journal;
  private final Quarantine quarantine;
  private final Books books = new Books();

  public Ingest(Decoder decoder, ReadingCodec codec, FileJournal journal, Quarantine quarantine) {
    this.decoder = decoder;
    this.codec = codec;
    this.journal = journal;
    this.quarantine = quarantine;
  }

  @Override
  public void put(SourceMessage message) {
    books.received();
    switch (decode(message)) {
      case Decoded.Accepted accepted -> store(message, accepted);
      case Decoded.Rejected rejected -> refuse(message, rejected);
    }
  }

  /**
   * The way in for fire panels, which knows what was stored before this start.
   *
   * @param now epoch milliseconds UTC
   */
  public Inbox panels(long now) {
    return PanelRepeats.of(this, decoder, codec, journal, now);
  }

  private Decoded decode(SourceMessage message) {
    if (message.payload().length > MAX_PAYLOAD) {
      return new Decoded.Rejected(
          Reason.TOO_LARGE,
          "the payload has "
              + message.payload().length
              + " bytes, the limit is "
              + MAX_PAYLOAD
              + "; send smaller batches");
    }
    try {
      return decoder.decode(topic(message), message.payload(), message.receivedAt());
    } catch (RuntimeException e) {
      log.error("a decoder failed; the message is quarantined", e);
      return new Decoded.Rejected(
          Reason.NOT_JSON, "the decoder failed: " + e.getClass().getSimpleName());
    }
  }

  /** ThingsBoard's {@code me} is the device that logged in. */
  private static String topic(SourceMessage message) {
    return message.topic().startsWith(MYSELF) && !message.client().isEmpty()
        ? "v1/devices/" + message.client() + message.topic().substring(MYSELF.length() - 1)
        : message.topic();
  }

  private void store(SourceMessage message, Decoded.Accepted accepted) {
    journal.append(
        codec.encode(message.source(), message.receivedAt(), accepted.readings()),
        new Storing(books, message, accepted.readings()));
  }

  /** A message on its way to the disk. */
  private record Storing(Books books, SourceMessage message, List<Reading> readings)
      implements Journal.Appended {
    @Override
    public void stored(long offset) {
      books.stored(readings.size());
      message.ack().stored();
    }

    @Override
    public void failed(Throwable cause) {
      books.notWritten();
      message.ack().failed(cause);
    }

    @Override
    public boolean urgent() {
      return Urgency.of(readings);
    }

    @Override
    public Object value(long offset) {
      return ReadingCodec.Message.of(offset, message.source(), message.receivedAt(), readings);
    }
  }

  private void refuse(SourceMessage message, Decoded.Rejected rejected) {
    quarantine.put(
        message,
        rejected,
        new Journal.Appended() {
          @Override
          public void stored(long offset) {
            books.quarantined(rejected.reason());
            message.ack().quarantined(rejected.reason().name(), rejected.detail());
          }

          @Override
          public void failed(Throwable cause) {
            books.notWritten();
            message.ack().failed(cause);
          }
        });
  }

  @Override
  public boolean ready() {
    return journal.ready();
  }

  public Books books() {
    return books;
  }

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public Check check() {
    return journal.ready()
        ? Check.ok()
        : Check.degraded(
            "sources are asked to wait: " + journal.waitingBytes() + " bytes wait for the disk");
  }

  @Override
  public void close() {}
}
