package dev.hologrid.gateway.decode;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One frame of GB/T 26875.3-2011. Integers are little-endian, times are plain binary. Immutable by
 * agreement: the arrays are not written to.
 *
 * @param serial 16 bits, given by whoever began the exchange and repeated in the answer
 * @param version main version in the low byte, user version in the high byte
 * @param time six bytes: second, minute, hour, day, month, year - 2000
 * @param source 48 bits
 * @param destination 48 bits
 * @param command see the constants
 * @param unit the application data unit, up to {@link #MAX_UNIT} bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content in no place
public record PanelFrame(
    int serial, int version, byte[] time, long source, long destination, int command, byte[] unit) {
  public static final int CONTROL = 1;
  public static final int DATA = 2;
  public static final int CONFIRM = 3;
  public static final int REQUEST = 4;
  public static final int ANSWER = 5;
  public static final int DENY = 6;

  public static final int MAX_UNIT = 1024;

  /** Everything before the application data unit. */
  public static final int HEAD = 27;

  /** Everything but the application data unit. */
  public static final int OVERHEAD = 30;

  /** The standard names no time zone; panels in China show local time. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** The frame in exactly these bytes, or null when they are none. */
  public static @Nullable PanelFrame parse(byte[] bytes) {
    if (bytes.length < OVERHEAD || bytes.length > OVERHEAD + MAX_UNIT) {
      return null;
    }
    int length = number(bytes, 24, 2);
    int end = HEAD + length;
    if (bytes[0] != '@'
        || bytes[1] != '@'
        || bytes.length != OVERHEAD + length
        || bytes[end + 1] != '#'
        || bytes[end + 2] != '#'
        || bytes[end] != checksum(bytes, end)) {
      return null;
    }
    return head(bytes, Arrays.copyOfRange(bytes, HEAD, end));
  }

  /** The head of a frame that may be damaged behind it, to say which one is denied. */
  public static PanelFrame head(byte[] bytes, byte[] unit) {
    return new PanelFrame(
        number(bytes, 2, 2),
        number(bytes, 4, 2),
        Arrays.copyOfRange(bytes, 6, 12),
        address(bytes, 12),
        address(bytes, 18),
        bytes[26] & 0xff,
        unit);
  }

  /** The sum of all bytes from the serial up to {@code end}, which is not included. */
  public static byte checksum(byte[] bytes, int end) {
    int sum = 0;
    for (int i = 2; i < end; i++) {
      sum += bytes[i];
    }
    return (byte) sum;
  }

  public byte[] bytes() {
    byte[] out = new byte[OVERHEAD + unit.length];
    out[0] = '@';
    out[1] = '@';
    put(out, 2, serial, 2);
    put(out, 4, version, 2);
    System.arraycopy(time, 0, out, 6, 6);
    put(out, 12, source, 6);
    put(out, 18, destination, 6);
    put(out, 24, unit.length, 2);
    out[26] = (byte) command;
    System.arraycopy(unit, 0, out, HEAD, unit.length);
    int end = HEAD + unit.length;
    out[end] = checksum(out, end);
    out[end + 1] = '#';
    out[end + 2] = '#';
    return out;
  }

  /** The answer without data: {@link #CONFIRM} or {@link #DENY}. */
  public PanelFrame reply(int command, byte[] now) {
    return new PanelFrame(
        serial,
        version,
        now,
        /* source= */ destination,
        /* destination= */ source,
        command,
        new byte[0]);
  }

  /** The panel's address as it stands in topics and device ids. */
  public String panel() {
    return String.format(Locale.ROOT, "%012X", source);
  }

  /** Whether it carries a fire alarm, which goes before everything else. */
  public boolean fire() {
    if (command != DATA && command != ANSWER || unit.length < 3) {
      return false;
    }
    int size =
        switch (unit[0] & 0xff) {
          case 1 -> 10;
          case 2 -> 46;
          case 21 -> 7;
          default -> 0;
        };
    int state = size == 10 ? 2 : size == 46 ? 7 : 0;
    for (int at = 2; size > 0 && at + state < unit.length; at += size) {
      if ((unit[at + state] & 2) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Epoch milliseconds of six time bytes, or 0 when they are no time. */
  static long millis(byte[] bytes, int at) {
    try {
      return LocalDateTime.of(
                  2000 + (bytes[at + 5] & 0xff),
                  bytes[at + 4],
                  bytes[at + 3],
                  bytes[at + 2],
                  bytes[at + 1],
                  bytes[at])
              .atZone(ZONE)
              .toEpochSecond()
          * 1000;
    } catch (DateTimeException e) {
      return 0;
    }
  }

  /** Six time bytes. */
  public static byte[] time(long epochMillis) {
    LocalDateTime time = LocalDateTime.ofInstant(java.time.Instant.ofEpochMilli(epochMillis), ZONE);
    return new byte[] {
      (byte) time.getSecond(),
      (byte) time.getMinute(),
      (byte) time.getHour(),
      (byte) time.getDayOfMonth(),
      (byte) time.getMonthValue(),
      (byte) (time.getYear() - 2000)
    };
  }

  static int number(byte[] bytes, int at, int count) {
    int value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = value << 8 | bytes[at + i] & 0xff;
    }
    return value;
  }

  private static long address(byte[] bytes, int at) {
    return (long) number(bytes, at + 3, 3) << 24 | number(bytes, at, 3);
  }

  private static void put(byte[] out, int at, long value, int count) {
    for (int i = 0; i < count; i++) {
      out[at + i] = (byte) (value >> 8 * i);
    }
  }
}
