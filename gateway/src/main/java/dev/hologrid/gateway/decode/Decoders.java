package dev.hologrid.gateway.decode;

import dev.hologrid.rules.Shapes;

/** Finds the decoder of a topic. Safe for use by many threads. */
public final class Decoders implements Decoder {
  private final HoloGridDecoder hologrid;
  private final Zigbee2MqttDecoder zigbee2Mqtt;
  private final FrigateDecoder frigate;
  private final PanelDecoder panel;

  public Decoders(Shapes shapes) {
    this.hologrid = new HoloGridDecoder(shapes);
    this.zigbee2Mqtt = new Zigbee2MqttDecoder(shapes);
    this.frigate = new FrigateDecoder(shapes);
    this.panel = new PanelDecoder(shapes);
  }

  @Override
  public Decoded decode(String topic, byte[] payload, long receivedAt) {
    if (topic.startsWith(HoloGridDecoder.PREFIX)) {
      return hologrid.decode(topic, payload, receivedAt);
    }
    if (topic.startsWith(Zigbee2MqttDecoder.PREFIX)) {
      return zigbee2Mqtt.decode(topic, payload, receivedAt);
    }
    if (topic.startsWith(FrigateDecoder.PREFIX)) {
      return frigate.decode(topic, payload, receivedAt);
    }
    if (topic.startsWith(PanelDecoder.PREFIX)) {
      return panel.decode(topic, payload, receivedAt);
    }
    return hologrid.decode(topic, payload, receivedAt);
  }
}
