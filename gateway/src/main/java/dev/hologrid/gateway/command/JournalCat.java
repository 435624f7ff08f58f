package dev.hologrid.gateway.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.StoredJournal;
import dev.hologrid.rules.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The records of a journal as they are, one a line. */
@Command(
    name = "cat",
    description =
        "Prints the records of a journal with their offsets, one JSON object a line: readings"
            + " decoded, JSON as it is, other bytes in base 64.",
    mixinStandardHelpOptions = true)
final class JournalCat implements Callable<Integer> {
  @Mixin JournalPart part = new JournalPart();

  @Mixin JournalSpan span = new JournalSpan();

  @Override
  public Integer call() throws IOException {
    String name = part.names("readings").getFirst();
    try (StoredJournal journal = part.open(name);
        JsonGenerator json = new JsonFactory().createGenerator(System.out)) {
      if (journal == null) {
        return 66;
      }
      json.setRootValueSeparator(null);
      return span.walk(
          name, journal, (codec, offset, record) -> write(json, codec, offset, record));
    }
  }

  private static void write(
      JsonGenerator json, @Nullable ReadingCodec codec, long offset, byte[] record) {
    try {
      json.writeStartObject();
      json.writeNumberField("offset", offset);
      if (codec != null) {
        ReadingCodec.Message message = codec.decode(offset, record);
        json.writeStringField("source", message.source());
        json.writeNumberField("receivedAt", message.receivedAt());
        json.writeArrayFieldStart("readings");
        for (Reading each : message.readings()) {
          JournalExport.reading(json, each);
        }
        json.writeEndArray();
      } else if (record.length > 0 && record[0] == '{') {
        json.writeFieldName("record");
        json.writeRawValue(new String(record, StandardCharsets.UTF_8));
      } else {
        json.writeStringField("bytes", Base64.getEncoder().encodeToString(record));
      }
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
