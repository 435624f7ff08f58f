package dev.hologrid.gateway.http;

import dev.hologrid.gateway.ingest.Quarantine;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What could not be read, and why. */
final class QuarantineResource implements Resource {
  private static final int PREVIEW = 200;
  private static final int PAYLOAD = 4 << 10;
  private final Quarantine quarantine;

  QuarantineResource(Quarantine quarantine) {
    this.quarantine = quarantine;
  }

  /** One message as it is shown: nothing in it can act on a terminal or a page. */
  record Item(
      String id,
      String at,
      String source,
      String topic,
      String reason,
      String detail,
      int size,
      String preview,
      String payload) {
    static Item of(Quarantine.Entry entry) {
      byte[] payload = entry.payload();
      String text = new String(payload, 0, Math.min(payload.length, 800), StandardCharsets.UTF_8);
      return new Item(
          String.valueOf(entry.id()),
          Json.time(entry.at()),
          entry.source(),
          visible(entry.topic(), 1024),
          entry.reason().name(),
          visible(entry.detail(), 4096),
          entry.size(),
          visible(text, PREVIEW),
          Base64.getEncoder()
              .encodeToString(Arrays.copyOf(payload, Math.min(payload.length, PAYLOAD))));
    }
  }

  /** Control characters, and those that turn the direction of writing, become one visible sign. */
  static String visible(String text, int most) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), most));
    for (int i = 0; i < text.length() && out.length() < most; i++) {
      char c = text.charAt(i);
      boolean hidden =
          Character.isISOControl(c)
              || Character.getType(c) == Character.FORMAT
              || Character.isSurrogate(c)
              || c == '\u2028'
              || c == '\u2029';
      out.append(hidden ? '\ufffd' : c);
    }
    return out.toString();
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("listQuarantine", this::list);
  }

  private Future<Answer> list(Call call) {
    String cursor = call.cursor();
    int limit = call.limit();
    long before;
    try {
      before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw Refused.badRequest("cursor", "is not a cursor of this list; ask without cursor first");
    }
    return call.context()
        .vertx()
        .executeBlocking(
            () -> {
              List<Quarantine.Entry> found = quarantine.list(before, limit);
              boolean more = found.size() == limit && found.getLast().id() > 0;
              return Answer.json(
                  new Page<>(
                      found.stream().map(Item::of).toList(),
                      more ? Cursor.write(String.valueOf(found.getLast().id())) : null));
            },
            false);
  }
}
