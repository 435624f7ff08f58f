package dev.hologrid.gateway.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hologrid.gateway.ingest.Quarantine;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.journal.JournalConfig;
import dev.hologrid.rules.Reading;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a journal as NDJSON: what replay and ledger check read. */
@Command(
    name = "export",
    description =
        "Writes a journal of a stopped server as NDJSON: one reading, one refused message or one"
            + " alert event a line.",
    mixinStandardHelpOptions = true)
final class JournalExport implements Callable<Integer> {
  private static final int BATCH = 1_000;

  /** The journals of a server. */
  enum Name {
    READINGS("journal/readings"),
    QUARANTINE("quarantine"),
    ALERTS("journal/alerts"),
    ALL("");

    final String folder;

    /** Those that are one journal. */
    static List<Name> each() {
      return List.of(READINGS, QUARANTINE, ALERTS);
    }

    Name(String folder) {
      this.folder = folder;
    }
  }

  @Option(names = "--data", defaultValue = "data", description = "(default: ./${DEFAULT-VALUE})")
  Path data = Path.of("data");

  @Option(
      names = "--journal",
      defaultValue = "readings",
      description =
          "Which: readings, quarantine or alerts (default: ${DEFAULT-VALUE}); all writes NAME.ndjson"
              + " for each into the folder --out.")
  Name journal = Name.READINGS;

  @Option(names = "--from", defaultValue = "0", description = "The first offset.")
  long from;

  @Option(names = "--out", description = "The file to write (default: standard output).")
  @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    Path folder = Folders.working().resolve(data);
    if (journal != Name.ALL) {
      return export(folder, journal, out == null ? null : Folders.working().resolve(out));
    }
    if (out == null) {
      System.err.println("hologrid: --journal all needs --out, the folder to write to");
      return 64;
    }
    Path into = Files.createDirectories(Folders.working().resolve(out));
    for (Name each : Name.each()) {
      String file = each.name().toLowerCase(java.util.Locale.ROOT) + ".ndjson";
      int status = export(folder, each, into.resolve(file));
      if (status != 0) {
        return status;
      }
    }
    return 0;
  }

  private int export(Path dataFolder, Name which, @Nullable Path file) throws IOException {
    Path folder = dataFolder.resolve(which.folder);
    if (!Files.isDirectory(folder)) {
      System.err.println("hologrid: " + folder + " is not there; --data names the data folder");
      return 66;
    }
    try (FileJournal open = FileJournal.open(which.folder, folder, JournalConfig.defaults());
        Journal.Reader reader = open.reader(Math.max(from, open.begin()));
        OutputStream to = file == null ? System.out : Files.newOutputStream(file);
        JsonGenerator json = new JsonFactory().createGenerator(to)) {
      json.setRootValueSeparator(null);
      ReadingCodec codec = new ReadingCodec();
      int read = BATCH;
      while (read > 0) {
        read = reader.read(BATCH, (offset, record) -> write(json, codec, which, offset, record));
      }
    }
    return 0;
  }

  private static void write(
      JsonGenerator json, ReadingCodec codec, Name which, long offset, byte[] record) {
    try {
      switch (which) {
        case QUARANTINE -> refused(json, Quarantine.decode(offset, record));
        case ALERTS -> {
          json.writeRaw(new String(record, StandardCharsets.UTF_8)); // is JSON already
          json.writeRaw('\n');
        }
        default -> {
          for (Reading each : codec.decode(offset, record).readings()) {
            reading(json, each);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refused(JsonGenerator json, Quarantine.Entry entry) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", entry.id());
    json.writeNumberField("at", entry.at());
    json.writeStringField("source", entry.source());
    json.writeStringField("topic", entry.topic());
    json.writeStringField("reason", entry.reason().name());
    json.writeStringField("detail", entry.detail());
    json.writeNumberField("size", entry.size());
    json.writeBinaryField("payload", entry.payload());
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private static void reading(JsonGenerator json, Reading reading) throws IOException {
    json.writeStartObject();
    json.writeNumberField("offset", reading.offset());
    json.writeNumberField("index", reading.index());
    json.writeStringField("device", reading.device());
    json.writeStringField("kind", reading.shape().kind());
    json.writeNumberField("time", reading.time());
    json.writeNumberField("receivedAt", reading.receivedAt());
    json.writeObjectFieldStart("values");
    for (int i = 0; i < reading.shape().metrics().size(); i++) {
      json.writeFieldName(reading.shape().metrics().get(i));
      switch (reading.value(i)) {
        case Double number -> json.writeNumber(number);
        case Boolean truth -> json.writeBoolean(truth);
        case Object text -> json.writeString(text.toString());
      }
    }
    json.writeEndObject();
    json.writeEndObject();
    json.writeRaw('\n');
  }
}
