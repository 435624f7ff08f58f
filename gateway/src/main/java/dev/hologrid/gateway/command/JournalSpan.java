package dev.hologrid.gateway.command;

import dev.hologrid.gateway.alerting.AlertJson;
import dev.hologrid.gateway.audit.AuditJournal;
import dev.hologrid.gateway.ingest.Quarantine;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.StoredJournal;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** From where to where a journal is read. */
final class JournalSpan {
  @Option(
      names = "--from",
      converter = BoundOption.class,
      description = "The first offset, or the first moment (2026-11-24T08:00:00Z).")
  Bound from = Bound.NONE;

  @Option(
      names = "--to",
      converter = BoundOption.class,
      description = "The offset after the last, or the moment before which to end.")
  Bound to = Bound.NONE;

  /** An offset, or a time of receipt in epoch milliseconds. */
  record Bound(long offset, long millis) {
    static final Bound NONE = new Bound(-1, -1);
  }

  /** {@code 4711} or {@code 2026-11-24T08:00:00Z}. */
  static final class BoundOption implements ITypeConverter<Bound> {
    @Override
    public Bound convert(String text) {
      if (text.matches("\\d{1,18}")) {
        return new Bound(Long.parseLong(text), -1);
      }
      try {
        return new Bound(-1, Instant.parse(text).toEpochMilli());
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "is an offset such as 4711, or a time such as 2026-11-24T08:00:00Z, but was " + text);
      }
    }
  }

  /** Takes a record; the codec is there for those of the readings journal. */
  interface Taker {
    void take(@Nullable ReadingCodec codec, long offset, byte[] record);
  }

  /**
   * Gives every record within, in order, and says what is damaged.
   *
   * @return the exit code of the command: 1 when something was damaged
   */
  int walk(String name, StoredJournal journal, Taker taker) throws IOException {
    ReadingCodec codec = name.equals("readings") ? new ReadingCodec() : null;
    StoredJournal.Walk walk =
        journal.read(
            Math.max(0, from.offset()),
            (offset, record) -> {
              if (holds(name, codec, offset, record)) {
                taker.take(codec, offset, record);
              }
            },
            damage -> System.err.println("hologrid: damaged: " + damage));
    return walk.whole() ? 0 : 1;
  }

  private boolean holds(String name, @Nullable ReadingCodec codec, long offset, byte[] record) {
    if (offset < from.offset() || to.offset() >= 0 && offset >= to.offset()) {
      return false;
    }
    if (from.millis() < 0 && to.millis() < 0) {
      return true;
    }
    long at = millis(name, codec, offset, record);
    return at >= from.millis() && (to.millis() < 0 || at < to.millis());
  }

  /** The receipt of a message, the moment of an alert's event or of a decision. */
  private static long millis(
      String name, @Nullable ReadingCodec codec, long offset, byte[] record) {
    if (codec != null) {
      return codec.decode(offset, record).receivedAt();
    }
    return switch (name) {
      case "quarantine" -> Quarantine.decode(offset, record).at();
      case "alerts" -> AlertJson.read(offset, record).event().receivedAt();
      default -> AuditJournal.at(record);
    };
  }
}
