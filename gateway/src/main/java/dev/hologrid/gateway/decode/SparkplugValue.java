package dev.hologrid.gateway.decode;

import java.math.BigInteger;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/**
 * The value of a Sparkplug metric. Signed integers of up to 32 bits travel as unsigned ones in
 * two's complement (Sparkplug 3.0.0, 6.4.16), so the type decides the sign.
 */
final class SparkplugValue {
  private static final int INT8 = 1;
  private static final int INT16 = 2;
  private static final int INT32 = 3;
  private static final int UINT64 = 8;

  private SparkplugValue() {}

  static void add(String name, int type, Metric metric, ReadingBuilder builder)
      throws RejectedPayload {
    switch (metric.getValueCase()) {
      case INT_VALUE -> builder.number(name, whole(type, metric.getIntValue()));
      case LONG_VALUE -> builder.number(name, whole64(type, metric.getLongValue()));
      case FLOAT_VALUE -> builder.number(name, Double.parseDouble("" + metric.getFloatValue()));
      case DOUBLE_VALUE -> builder.number(name, metric.getDoubleValue());
      case BOOLEAN_VALUE -> builder.bool(name, metric.getBooleanValue());
      case STRING_VALUE -> builder.text(name, metric.getStringValue());
      default -> {
        // bytes, data sets and templates carry no reading
      }
    }
  }

  private static double whole(int type, int value) {
    return switch (type) {
      case INT8 -> (byte) value;
      case INT16 -> (short) value;
      case INT32 -> value;
      default -> Integer.toUnsignedLong(value);
    };
  }

  private static double whole64(int type, long value) {
    return type == UINT64 && value < 0
        ? new BigInteger(Long.toUnsignedString(value)).doubleValue()
        : value;
  }
}
