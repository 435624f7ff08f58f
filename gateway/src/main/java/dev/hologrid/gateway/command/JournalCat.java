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
import picocli.CommandLine.Option;

/** The records of a journal as they are, one a line. */
@Command(
    name = "cat",
    description =
        "Prints the records of a journal with their offsets, one JSON object a line: readings"
            + " decoded, JSON as it is, other bytes in base 64.",
    mixinStandardHelpOptions = true)
final class JournalCat implements Callable<Integer> {
  @Mixin JournalPart part = new JournalPart();

  @Option(
      names = "--from",
      converter = JournalPart.BoundOption.class,
      description = "The first offset, or the first moment (2026-11-24T08:00:00Z).")
  JournalPart.Bound from = JournalPart.Bound.NONE;

  @Option(
      names = "--to",
      converter = JournalPart.BoundOption.class,
      description = "The offset after the last, or the moment before which to end.")
  JournalPart.Bound to = JournalPart.Bound.NONE;

  @Override
  public Integer call() throws IOException {
    String name = part.names("readings").getFirst();
    JournalPart.Bounds bounds = new JournalPart.Bounds(name, from, to);
    try (StoredJournal journal = part.open(name);
        JsonGenerator json = new JsonFactory().createGenerator(System.out)) {
      if (journal == null) {
        return 66;
      }
      json.setRootValueSeparator(null);
      ReadingCodec codec = new ReadingCodec();
      StoredJournal.Walk walk =
          journal.read(
              Math.max(0, from.offset()),
              (offset, record) -> {
                if (bounds.hold(offset, record)) {
                  write(json, name.equals("readings") ? codec : null, offset, record);
                }
              },
              damage -> System.err.println("hologrid: damaged: " + damage));
      return walk.whole() ? 0 : 1;
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
