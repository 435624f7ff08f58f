package dev.hologrid.gateway.decode;

import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;

/** The command by which an edge node sends its births again (Sparkplug 3.0.0, 6.4.25). */
public final class Rebirth {
  private Rebirth() {}

  public static String topic(String group, String node) {
    return "spBv1.0/" + group + "/NCMD/" + node;
  }

  /**
   * The payload.
   *
   * @param now epoch milliseconds UTC
   */
  public static byte[] payload(long now) {
    return Payload.newBuilder()
        .setTimestamp(now)
        .addMetrics(
            Payload.Metric.newBuilder()
                .setName("Node Control/Rebirth")
                .setTimestamp(now)
                .setDatatype(DataType.Boolean_VALUE)
                .setBooleanValue(true))
        .build()
        .toByteArray();
  }
}
