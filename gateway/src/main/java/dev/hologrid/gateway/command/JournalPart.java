package dev.hologrid.gateway.command;

import dev.hologrid.gateway.alerting.AlertJson;
import dev.hologrid.gateway.audit.AuditJournal;
import dev.hologrid.gateway.ingest.Quarantine;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.StoredJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which journal of which data folder, and which part of it. */
final class JournalPart {
  @Option(names = "--data", defaultValue = "data", description = "(default: ./${DEFAULT-VALUE})")
  Path data = Path.of("data");

  @Option(
      names = "--journal",
      description =
          "readings, quarantine, alerts, audit or all (default: readings; verify looks at all).")
  String journal = "";

  /** Those that every server has; {@code audit} is one that older data folders lack. */
  static final List<String> ALL = List.of("readings", "quarantine", "alerts", "audit");

  /** The names that were asked for. */
  List<String> names(String otherwise) {
    String asked = journal.isEmpty() ? otherwise : journal;
    return asked.equals("all") ? ALL : List.of(asked);
  }

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

  /** From one bound on and before the other. */
  record Bounds(String name, Bound from, Bound to) {
    boolean hold(long offset, byte[] record) {
      if (offset < from.offset() || to.offset() >= 0 && offset >= to.offset()) {
        return false;
      }
      if (from.millis() < 0 && to.millis() < 0) {
        return true;
      }
      long at = millis(name, offset, record);
      return at >= from.millis() && (to.millis() < 0 || at < to.millis());
    }

    /** The receipt of a message, the moment of an alert's event or of a decision. */
    private static long millis(String name, long offset, byte[] record) {
      return switch (name) {
        case "readings" -> new ReadingCodec().decode(offset, record).receivedAt();
        case "quarantine" -> Quarantine.decode(offset, record).at();
        case "alerts" -> AlertJson.read(offset, record).event().receivedAt();
        default -> AuditJournal.at(record);
      };
    }
  }

  boolean there(String name) {
    return Files.isDirectory(Folders.working().resolve(data).resolve("journal/" + name));
  }

  /** Opens it, or says what is missing and gives null. */
  @Nullable StoredJournal open(String name) throws IOException {
    Path root = Folders.working().resolve(data);
    Path folder = root.resolve(name.equals("quarantine") ? name : "journal/" + name);
    if (!ALL.contains(name) || !Files.isDirectory(folder)) {
      System.err.println(
          "hologrid: " + folder + " is not there; --data names the server's data folder");
      return null;
    }
    return StoredJournal.open(folder);
  }
}
