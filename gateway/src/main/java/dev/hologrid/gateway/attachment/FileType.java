package dev.hologrid.gateway.attachment;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What may be attached, known by its first bytes and never by its name. */
public enum FileType {
  JPEG("image/jpeg"),
  PNG("image/png"),
  WEBP("image/webp"),
  MP4("video/mp4"),
  PDF("application/pdf");

  private static final byte[] PNG_SIGN = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private final String media;

  FileType(String media) {
    this.media = media;
  }

  /** The media type. */
  public String media() {
    return media;
  }

  /** The type of some content, or null for what is not taken. */
  public static @Nullable FileType of(byte[] content) {
    if (content.length < 12) {
      return null;
    }
    if ((content[0] & 0xff) == 0xff && (content[1] & 0xff) == 0xd8 && (content[2] & 0xff) == 0xff) {
      return JPEG;
    }
    if (Arrays.equals(content, 0, PNG_SIGN.length, PNG_SIGN, 0, PNG_SIGN.length)) {
      return PNG;
    }
    if (at(content, 0, "RIFF") && at(content, 8, "WEBP")) {
      return WEBP;
    }
    if (at(content, 4, "ftyp")) {
      return MP4;
    }
    return at(content, 0, "%PDF-") ? PDF : null;
  }

  private static boolean at(byte[] content, int from, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return Arrays.equals(content, from, from + bytes.length, bytes, 0, bytes.length);
  }
}
