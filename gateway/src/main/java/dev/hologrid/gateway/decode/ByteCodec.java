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
