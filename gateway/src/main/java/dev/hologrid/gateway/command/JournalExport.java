package dev.hologrid.gateway.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hologrid.gateway.ingest.Quarantine;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.StoredJournal;
import dev.hologrid.rules.Reading;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a journal as NDJSON: what replay and ledger check read. */
@Command(
    name = "export",
    description =
        "Writes a journal as NDJSON, one reading, refused message or event a line; readings are for"
            + " ./hologrid replay. The server may run.",
    mixinStandardHelpOptions = true)
final class JournalExport implements Callable<Integer> {
  @Mixin JournalPart part = new JournalPart();

  @Mixin JournalSpan span = new JournalSpan();

  @Option(names = "--device", description = "Only readings of this device; may be repeated.")
  Set<String> devices = Set.of();

  @Option(
      names = "--out",
      description =
          "The file to write (default: standard output); with --journal all the folder to write"
              + " NAME.ndjson to.")
  @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    List<String> names = part.names("readings");
    Path to = out == null ? null : Folders.working().resolve(out);
    if (names.size() == 1) {
      return export(names.getFirst(), to);
    }
    if (to == null) {
      System.err.println("hologrid: --journal all needs --out, the folder to write to");
      return 64;
    }
    Files.createDirectories(to);
    int status = 0;
    for (String each : names) {
      if (part.there(each) || each.equals("quarantine")) {
        status = Math.max(status, export(each, to.resolve(each + ".ndjson")));
      }
    }
    return status;
  }

  private int export(String name, @Nullable Path to) throws IOException {
    try (StoredJournal journal = part.open(name)) {
      if (journal == null) {
        return 66;
      }
      try (OutputStream file = to == null ? System.out : Files.newOutputStream(to);
          JsonGenerator json =
              new JsonFactory().createGenerator(new BufferedOutputStream(file, 1 << 16))) {
        json.setRootValueSeparator(null);
        return span.walk(
            name, journal, (codec, offset, record) -> write(json, codec, offset, record));
      }
    }
  }

  private void write(JsonGenerator json, @Nullable ReadingCodec codec, long offset, byte[] record) {
    try {
      if (codec != null) {
        readings(json, codec.decode(offset, record));
      } else if (record.length > 0 && record[0] == '{') {
        json.writeRaw(new String(record, StandardCharsets.UTF_8)); // is JSON already
        json.writeRaw('\n');
      } else {
        refused(json, Quarantine.decode(offset, record));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readings(JsonGenerator json, ReadingCodec.Message message) throws IOException {
    for (Reading each : message.readings()) {
      if (devices.isEmpty() || devices.contains(each.device())) {
        reading(json, each);
        json.writeRaw('\n');
      }
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

  /** One reading as an object. */
  static void reading(JsonGenerator json, Reading reading) throws IOException {
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
  }
}
