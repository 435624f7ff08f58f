package dev.hologrid.gateway.ingest;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.decode.Decoded;
import dev.hologrid.gateway.decode.Reason;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.source.SourceMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The messages that could not be decoded, with the reason and the raw bytes, in a journal of their
 * own. Safe for use by many threads.
 */
public final class Quarantine implements Component {
  static final int KEPT_PAYLOAD = 64 << 10;
  private static final byte VERSION = 1;

  private final FileJournal journal;

  public Quarantine(FileJournal journal) {
    this.journal = journal;
  }

  /**
   * One refused message.
   *
   * @param id its place in the quarantine
   * @param at receipt, epoch milliseconds UTC
   * @param size the whole payload's size in bytes
   * @param payload its first 64 KiB
   */
  public record Entry(
      long id,
      long at,
      String source,
      String topic,
      Reason reason,
      String detail,
      int size,
      byte[] payload) {}

  void put(SourceMessage message, Decoded.Rejected rejected, Journal.Appended then) {
    byte[] source = message.source().getBytes(StandardCharsets.UTF_8);
    byte[] topic = cut(message.topic().getBytes(StandardCharsets.UTF_8), 1 << 10);
    byte[] reason = rejected.reason().name().getBytes(StandardCharsets.US_ASCII);
    byte[] detail = cut(rejected.detail().getBytes(StandardCharsets.UTF_8), 4 << 10);
    byte[] payload = cut(message.payload(), KEPT_PAYLOAD);
    ByteBuffer out =
        ByteBuffer.allocate(
            33 + source.length + topic.length + reason.length + detail.length + payload.length);
    out.put(VERSION).putLong(message.receivedAt()).putInt(message.payload().length);
    for (byte[] each : List.of(source, topic, reason, detail, payload)) {
      out.putInt(each.length).put(each);
    }
    journal.append(Arrays.copyOf(out.array(), out.position()), then);
  }

  private static byte[] cut(byte[] bytes, int most) {
    return bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
  }

  /**
   * Newest first.
   *
   * @param before entries with a smaller id; {@link Long#MAX_VALUE} begins at the newest
   */
  public List<Entry> list(long before, int limit) {
    long end = Math.min(before, journal.end());
    long from = Math.max(journal.begin(), end - limit);
    List<Entry> found = new ArrayList<>();
    if (end <= from) {
      return found;
    }
    try (Journal.Reader reader = journal.reader(from)) {
      reader.read(
          (int) (end - from),
          (id, record) -> {
            if (id < end) {
              found.add(decode(id, record));
            }
          });
    }
    Collections.reverse(found);
    return found;
  }

  /**
   * Reads a record of the quarantine's journal back.
   *
   * @throws IllegalArgumentException when a newer version wrote it
   */
  public static Entry decode(long id, byte[] record) {
    ByteBuffer in = ByteBuffer.wrap(record);
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException("quarantine entry " + id + " has version " + version);
    }
    long at = in.getLong();
    int size = in.getInt();
    String source = text(in);
    String topic = text(in);
    Reason reason = Reason.valueOf(text(in));
    String detail = text(in);
    byte[] payload = new byte[in.getInt()];
    in.get(payload);
    return new Entry(id, at, source, topic, reason, detail, size, payload);
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  long waitingBytes() {
    return journal.waitingBytes();
  }

  @Override
  public String name() {
    return "quarantine";
  }

  @Override
  public Check check() {
    return journal.check();
  }

  @Override
  public void close() {
    journal.close();
  }
}
