package dev.hologrid.gateway.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.journal.JournalConfig;
import dev.hologrid.rules.Reading;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the readings journal as NDJSON, one reading a line; what replay and ledger check read. */
@Command(
    name = "export",
    description = "Writes the readings journal of a stopped server as NDJSON, one reading a line.",
    mixinStandardHelpOptions = true)
final class JournalExport implements Callable<Integer> {
  private static final int BATCH = 1_000;

  @Option(names = "--data", defaultValue = "data", description = "(default: ./${DEFAULT-VALUE})")
  Path data = Path.of("data");

  @Option(names = "--from", defaultValue = "0", description = "The first offset.")
  long from;

  @Option(names = "--out", description = "The file to write (default: standard output).")
  @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    Path folder = Folders.working().resolve(data).resolve("journal/readings");
    if (!Files.isDirectory(folder)) {
      System.err.println("hologrid: " + folder + " is not there; --data names the data folder");
      return 66;
    }
    try (FileJournal journal = FileJournal.open("readings", folder, JournalConfig.defaults());
        Journal.Reader reader = journal.reader(Math.max(from, journal.begin()));
        OutputStream to =
            out == null ? System.out : Files.newOutputStream(Folders.working().resolve(out));
        JsonGenerator json = new JsonFactory().createGenerator(to)) {
      ReadingCodec codec = new ReadingCodec();
      json.setRootValueSeparator(null);
      int read = BATCH;
      while (read > 0) {
        read =
            reader.read(
                BATCH,
                (offset, record) -> {
                  for (Reading each : codec.decode(offset, record).readings()) {
                    write(json, each);
                  }
                });
      }
    }
    return 0;
  }

  private static void write(JsonGenerator json, Reading reading) {
    try {
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
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
