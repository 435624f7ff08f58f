package dev.hologrid.gateway.decode;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shapes;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * GB/T 26875.3-2011: topic {@code gb26875/{address}} with one frame, and {@code …/status}. Every
 * object of a frame becomes one reading of kind {@code fire-panel}: of the device ({@code
 * panel-ADDRESS}), of a facility ({@code …-SYSTEM-NUMBER}) or of a component ({@code …-COMPONENT}).
 */
final class PanelDecoder implements Decoder {
  static final String PREFIX = "gb26875/";
  private static final String KIND = "fire-panel";
  private static final Charset GB18030 = Charset.forName("GB18030");

  private static final String[] SYSTEM_BITS = {
    "test",
    "fire",
    "fault",
    "shielded",
    "supervisory",
    "started",
    "feedback",
    "delayed",
    "mains_fault",
    "backup_fault",
    "bus_fault",
    "manual",
    "configuration_changed",
    "reset"
  };
  private static final String[] COMPONENT_BITS = {
    "test",
    "fire",
    "fault",
    "shielded",
    "supervisory",
    "started",
    "feedback",
    "delayed",
    "power_fault"
  };
  private static final String[] DEVICE_BITS = {
    "test", "fire", "fault", "mains_fault", "backup_fault", "link_fault", "line_fault"
  };
  private static final String[] FACILITY_OPERATIONS = {
    "op_reset",
    "op_mute",
    "op_manual_alarm",
    "op_alarm_cleared",
    "op_self_test",
    "op_confirm",
    "op_test"
  };
  private static final String[] DEVICE_OPERATIONS = {
    "op_reset",
    "op_mute",
    "op_manual_alarm",
    "op_alarm_cleared",
    "op_self_test",
    "duty_answered",
    "op_test"
  };

  private final Shapes shapes;

  PanelDecoder(Shapes shapes) {
    this.shapes = shapes;
  }

  @Override
  public Decoded decode(String topic, byte[] payload, long receivedAt) {
    try {
      String rest = topic.substring(PREFIX.length());
      if (rest.endsWith("/status")) {
        return status(rest.substring(0, rest.length() - 7), payload, receivedAt);
      }
      PanelFrame frame = PanelFrame.parse(payload);
      if (frame == null) {
        throw bad("the payload is not one GB/T 26875.3 frame with a right checksum");
      }
      if (frame.command() != PanelFrame.DATA && frame.command() != PanelFrame.ANSWER) {
        throw bad("command " + frame.command() + " carries no data to a centre");
      }
      return new Decoded.Accepted(new Objects(frame, receivedAt).read());
    } catch (RejectedPayload e) {
      return e.asDecoded();
    }
  }

  private Decoded status(String panel, byte[] payload, long receivedAt) throws RejectedPayload {
    String device = "panel-" + panel;
    Names.check(KIND, device);
    ReadingBuilder builder = new ReadingBuilder();
    builder.bool("online", Json.text(payload).equals("online"));
    return new Decoded.Accepted(
        List.of(builder.build(shapes, device, KIND, receivedAt, receivedAt, 0)));
  }

  private static RejectedPayload bad(String detail) {
    return new RejectedPayload(Reason.BAD_FRAME, detail);
  }

  /** Walks through the objects of one frame. */
  private final class Objects {
    private final byte[] unit;
    private final String panel;
    private final long receivedAt;
    private final List<Reading> readings = new ArrayList<>();
    private int at = 2;

    Objects(PanelFrame frame, long receivedAt) {
      this.unit = frame.unit();
      this.panel = "panel-" + frame.panel();
      this.receivedAt = receivedAt;
    }

    List<Reading> read() throws RejectedPayload {
      if (unit.length == 0) {
        return readings; // a heartbeat
      }
      if (unit.length < 3 || unit[1] == 0) {
        throw bad("the data unit announces no object");
      }
      int count = unit[1] & 0xff;
      for (int i = 0; i < count; i++) {
        object(unit[0] & 0xff);
      }
      if (at != unit.length) {
        throw bad(unit.length - at + " bytes follow the last of " + count + " objects");
      }
      return readings;
    }

    private void object(int type) throws RejectedPayload {
      ReadingBuilder builder = new ReadingBuilder();
      switch (type) {
        case 1 -> {
          String facility = facility(10, builder);
          bits(builder, SYSTEM_BITS, 2, true);
          finish(builder, facility, 4, 10);
        }
        case 2 -> {
          String component = component(46, builder);
          bits(builder, COMPONENT_BITS, 7, true);
          text(builder, "description", at + 9, 31);
          finish(builder, component, 40, 46);
        }
        case 3 -> {
          String component = component(16, builder);
          analog(builder, unit[at + 7] & 0xff, (short) PanelFrame.number(unit, at + 8, 2));
          finish(builder, component, 10, 16);
        }
        case 4 -> {
          String facility = facility(10, builder);
          bits(builder, FACILITY_OPERATIONS, 2, false);
          builder.number("operator", unit[at + 3] & 0xff);
          finish(builder, facility, 4, 10);
        }
        case 5 -> {
          String facility = facility(4, builder);
          version(builder, 2);
          finish(builder, facility, -1, 4);
        }
        case 6 -> {
          String facility = facility(3, builder);
          int length = unit[at + 2] & 0xff;
          need(3 + length);
          text(builder, "configuration", at + 3, length);
          finish(builder, facility, -1, 3 + length);
        }
        case 7 -> {
          String component = component(38, builder);
          text(builder, "description", at + 7, 31);
          finish(builder, component, -1, 38);
        }
        case 8 -> {
          String facility = facility(8, builder);
          drift(builder, 2);
          finish(builder, facility, -1, 8);
        }
        default -> device(type, builder);
      }
    }

    private void device(int type, ReadingBuilder builder) throws RejectedPayload {
      switch (type) {
        case 21 -> {
          need(7);
          bits(builder, DEVICE_BITS, 0, true);
          finish(builder, panel, 1, 7);
        }
        case 24 -> {
          need(8);
          bits(builder, DEVICE_OPERATIONS, 0, false);
          builder.number("operator", unit[at + 1] & 0xff);
          finish(builder, panel, 2, 8);
        }
        case 25 -> {
          need(2);
          version(builder, 0);
          finish(builder, panel, -1, 2);
        }
        case 26 -> {
          need(1);
          int length = unit[at] & 0xff;
          need(1 + length);
          text(builder, "configuration", at + 1, length);
          finish(builder, panel, -1, 1 + length);
        }
        case 28 -> {
          need(6);
          drift(builder, 0);
          finish(builder, panel, -1, 6);
        }
        default ->
            throw bad("the data type " + type + " is reserved or defined by the panel's maker");
      }
    }

    private void need(int bytes) throws RejectedPayload {
      if (unit.length - at < bytes) {
        throw bad("the data unit ends within an object of " + bytes + " bytes");
      }
    }

    private String facility(int size, ReadingBuilder builder) throws RejectedPayload {
      need(size);
      builder.number("system_type", unit[at] & 0xff);
      return panel + "-" + (unit[at] & 0xff) + "-" + (unit[at + 1] & 0xff);
    }

    private String component(int size, ReadingBuilder builder) throws RejectedPayload {
      String facility = facility(size, builder);
      builder.number("component_type", unit[at + 2] & 0xff);
      return facility + String.format(Locale.ROOT, "-%08X", PanelFrame.number(unit, at + 3, 4));
    }

    /**
     * @param state whether bit 0 is a state's, which is 1 for normal: panels leave it clear in real
     *     alarms, so it is shown and never hides a fire
     */
    private void bits(ReadingBuilder builder, String[] names, int offset, boolean state)
        throws RejectedPayload {
      int bits = PanelFrame.number(unit, at + offset, names.length > 8 ? 2 : 1);
      for (int i = 0; i < names.length; i++) {
        boolean set = (bits >> i & 1) != 0;
        builder.bool(names[i], state && i == 0 ? !set : set);
      }
    }

    private void text(ReadingBuilder builder, String name, int from, int length)
        throws RejectedPayload {
      int end = from + length;
      while (end > from && (unit[end - 1] == 0 || unit[end - 1] == ' ')) {
        end--;
      }
      String text = new String(unit, from, end - from, GB18030).strip();
      if (!text.isEmpty() || !name.equals("description")) {
        builder.text(name, text);
      }
    }

    private void analog(ReadingBuilder builder, int type, short value) throws RejectedPayload {
      switch (type) {
        case 1 -> builder.number("count", value);
        case 2 -> builder.number("height", value / 100.0);
        case 3 -> builder.number("temperature", value / 10.0);
        case 4 -> builder.number("pressure_kpa", value * 100.0);
        case 5 -> builder.number("pressure_kpa", value / 10.0);
        case 6 -> builder.number("gas_lel", value / 10.0);
        case 7 -> builder.number("duration", value);
        case 8 -> builder.number("voltage", value / 10.0);
        case 9 -> builder.number("current", value / 10.0);
        case 10 -> builder.number("flow", value / 10.0);
        case 11 -> builder.number("air_flow", value / 10.0);
        case 12 -> builder.number("wind", value);
        default -> builder.number("analog_" + type, value);
      }
    }

    private void version(ReadingBuilder builder, int offset) throws RejectedPayload {
      builder.text("version", (unit[at + offset] & 0xff) + "." + (unit[at + offset + 1] & 0xff));
    }

    private void drift(ReadingBuilder builder, int offset) throws RejectedPayload {
      long time = PanelFrame.millis(unit, at + offset);
      if (time == 0) {
        throw new RejectedPayload(Reason.BAD_TIME, "the panel's clock shows no possible time");
      }
      builder.number("clock_drift", (time - receivedAt) / 1000.0);
    }

    private void finish(ReadingBuilder builder, String device, int time, int size)
        throws RejectedPayload {
      long when = time < 0 ? receivedAt : PanelFrame.millis(unit, at + time);
      readings.add(builder.build(shapes, device, KIND, when, receivedAt, readings.size()));
      at += size;
    }
  }
}
