package dev.hologrid.gateway.source.endpoint;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The topics that the connections of one event loop have published to lately, so that a topic's
 * text is made once and not with each message. A new topic takes the place of another one: it costs
 * the text anew, nothing else. Confined to its event loop.
 */
final class Topics {
  private static final int SLOTS = 1 << 12;
  private static final int LONGEST = 256;

  private record Topic(byte[] bytes, String text) {
    boolean is(byte[] other, int length) {
      return Arrays.equals(bytes, 0, bytes.length, other, 0, length);
    }
  }

  private final @Nullable Topic[] slots = new Topic[SLOTS];
  private final byte[] scratch = new byte[LONGEST];

  /**
   * The topic's text, or null when it is not plain ASCII without wildcards, or very long: then the
   * library says what is wrong with it, if anything is.
   */
  @Nullable String of(ByteBuf in, int at, int length) {
    if (length == 0 || length > LONGEST) {
      return null;
    }
    in.getBytes(at, scratch, 0, length);
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + scratch[i];
    }
    int slot = (hash ^ hash >>> 12 ^ hash >>> 24) & SLOTS - 1;
    Topic known = slots[slot];
    if (known != null && known.is(scratch, length)) {
      return known.text;
    }
    // A second place, or two topics of a fleet that meet in one would be made anew again and again.
    Topic other = slots[slot ^ 1];
    if (other != null && other.is(scratch, length)) {
      return other.text;
    }
    if (!plain(length)) {
      return null;
    }
    Topic fresh =
        new Topic(
            Arrays.copyOf(scratch, length),
            new String(scratch, 0, length, StandardCharsets.ISO_8859_1));
    slots[slot ^ 1] = known == null ? other : known;
    slots[slot] = fresh;
    return fresh.text;
  }

  private boolean plain(int length) {
    for (int i = 0; i < length; i++) {
      byte c = scratch[i];
      if (c < 0x20 || c == 0x7f || c == '+' || c == '#') {
        return false;
      }
    }
    return true;
  }
}
