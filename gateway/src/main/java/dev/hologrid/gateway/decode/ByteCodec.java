package dev.hologrid.gateway.decode;

import java.util.Locale;

/** Payloads of LoRaWAN sensors that are bytes. */
enum ByteCodec {
  /** Six bytes, the sum of which is 0 modulo 256. */
  MILESIGHT_GS524N {
    @Override
    void read(byte[] bytes, ReadingBuilder builder) throws RejectedPayload {
      int sum = 0;
      for (byte each : bytes) {
        sum += each;
      }
      if (bytes.length != 6 || (byte) sum != 0) {
        throw new RejectedPayload(
            Reason.BAD_FRAME, "a GS524N sends six bytes whose sum is 0 modulo 256");
      }
      int message = bytes[1] & 15;
      builder.bool("smoke", message == 1);
      builder.bool("silenced", message == 2);
      builder.bool("battery_low", message == 4 || message == 15);
      builder.bool("fault", message == 5);
      builder.bool("tamper", message == 10);
      builder.bool("test", message == 14 || message == 15);
      builder.number("battery", bytes[2] & 0xff);
      builder.number("smoke_level", bytes[3] & 0xff);
      builder.number("temperature", bytes[4]);
    }
  },

  /** Triples of channel, type and value. */
  YOBIIQ_SD1001 {
    @Override
    void read(byte[] bytes, ReadingBuilder builder) throws RejectedPayload {
      if (bytes.length % 3 != 0) {
        throw new RejectedPayload(Reason.BAD_FRAME, "an SD1001 sends triples of bytes");
      }
      for (int i = 0; i < bytes.length; i += 3) {
        int value = bytes[i + 2] & 0xff;
        switch (bytes[i]) {
          case 1 -> builder.number("battery", value);
          case 2 -> builder.bool("mains", value != 0);
          case 3 -> builder.bool("battery_low", value != 0);
          case 4 -> builder.bool("fault", value != 0);
          case 5 -> builder.bool("smoke", value != 0);
          case 6 -> builder.bool("interconnect", value != 0);
          case 7 -> builder.bool("test", value != 0);
          default ->
              throw new RejectedPayload(
                  Reason.BAD_FRAME, "an SD1001 has no channel " + (bytes[i] & 0xff));
        }
      }
    }
  },

  /**
   * Milesight's channels: one byte of channel, one of type, then the value; the WS301 and the
   * EM300-MCS door contacts among them.
   */
  MILESIGHT {
    @Override
    void read(byte[] bytes, ReadingBuilder builder) throws RejectedPayload {
      int at = 0;
      while (at < bytes.length) {
        int channel = bytes[at] & 0xff;
        int type = at + 1 < bytes.length ? bytes[at + 1] & 0xff : -1;
        int size = type == 0x67 ? 2 : 1;
        if (at + 2 + size > bytes.length) {
          throw new RejectedPayload(Reason.BAD_FRAME, "a Milesight payload ends within a channel");
        }
        int value = bytes[at + 2] & 0xff;
        switch (type) {
          case 0x75 -> builder.number("battery", value);
          case 0x67 -> builder.number("temperature", (short) (value | bytes[at + 3] << 8) / 10.0);
          case 0x68 -> builder.number("humidity", value / 2.0);
          case 0x00 -> contact(channel, value != 0, builder);
          default ->
              throw new RejectedPayload(
                  Reason.BAD_FRAME,
                  "channel " + channel + " has the type " + type + ", which is not read");
        }
        at += 2 + size;
      }
    }

    private void contact(int channel, boolean on, ReadingBuilder builder) throws RejectedPayload {
      if (channel == 4) {
        builder.bool("tamper", on);
      } else {
        builder.bool("open", on);
        builder.text("event", on ? "door_opened" : "door_closed");
      }
    }
  };

  abstract void read(byte[] bytes, ReadingBuilder builder) throws RejectedPayload;

  static ByteCodec named(String name) {
    for (ByteCodec each : values()) {
      if (each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException("there is no byte codec named " + name);
  }
}
