package dev.hologrid.gateway.source.endpoint;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** PUBLISH packets for subscribers. By hand: the library takes no packet without a topic. */
final class Packets {
  private static final int HEADERS = 24;

  private Packets() {}

  /** On the event loop, as it may give the topic an alias. */
  static MqttPublishMessage publish(
      Outgoing sent, int qos, int id, boolean again, List<Integer> ids, Outbox.Link to) {
    Integer known = to.aliases().known(sent.topic());
    Integer alias = known == null ? to.aliases().make(sent.topic()) : known;
    MqttFixedHeader header =
        new MqttFixedHeader(MqttMessageType.PUBLISH, again, MqttQoS.valueOf(qos), false, 0);
    MqttPublishVariableHeader variable =
        new MqttPublishVariableHeader(
            known == null ? sent.topic() : "", id, properties(sent.request(), ids, alias, to));
    return new MqttPublishMessage(header, variable, Unpooled.wrappedBuffer(sent.payload()));
  }

  private static MqttProperties properties(
      Outgoing.@Nullable Request request,
      List<Integer> ids,
      @Nullable Integer alias,
      Outbox.Link to) {
    if (to.endpoint().protocolVersion() < 5 || request == null && ids.isEmpty() && alias == null) {
      return MqttProperties.NO_PROPERTIES;
    }
    MqttProperties properties = new MqttProperties();
    ids.forEach(
        each -> properties.add(new IntegerProperty(Properties.SUBSCRIPTION_IDENTIFIER, each)));
    if (alias != null) {
      properties.add(new IntegerProperty(Properties.TOPIC_ALIAS, alias));
    }
    if (request != null) {
      long left = TimeUnit.NANOSECONDS.toSeconds(request.endsAt() - System.nanoTime());
      properties.add(
          new IntegerProperty(Properties.MESSAGE_EXPIRY_INTERVAL, (int) Math.max(1, left)));
      properties.add(new StringProperty(Properties.RESPONSE_TOPIC, request.responseTopic()));
      properties.add(new BinaryProperty(Properties.CORRELATION_DATA, request.correlation()));
    }
    return properties;
  }

  /** No less than the packet's size. */
  static long bytes(MqttPublishMessage packet) {
    long bytes =
        HEADERS + utf8(packet.variableHeader().topicName()) + packet.payload().readableBytes();
    MqttProperties properties = packet.variableHeader().properties();
    for (MqttProperties.MqttProperty<?> each : properties.listAll()) {
      bytes +=
          switch (each.value()) {
            case String text -> 3 + utf8(text);
            case byte[] raw -> 3 + raw.length;
            default -> 5;
          };
    }
    return bytes;
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
