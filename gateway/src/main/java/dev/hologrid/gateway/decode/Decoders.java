package dev.hologrid.gateway.decode;

import dev.hologrid.rules.Shapes;
import java.util.List;

/** Finds the decoder of a topic. Safe for use by many threads. */
public final class Decoders implements Decoder {
  private final HoloGridDecoder hologrid;
  private final Zigbee2MqttDecoder zigbee2Mqtt;
  private final FrigateDecoder frigate;
  private final PanelDecoder panel;
  private final List<ProfileDecoder> profiles;

  /** With the profiles that ship. */
  public Decoders(Shapes shapes) {
    this(shapes, Profiles.shipped());
  }

  /** The first profile that reads a topic is used. */
  public Decoders(Shapes shapes, List<Profile> profiles) {
    this.hologrid = new HoloGridDecoder(shapes);
    this.zigbee2Mqtt = new Zigbee2MqttDecoder(shapes);
    this.frigate = new FrigateDecoder(shapes);
    this.panel = new PanelDecoder(shapes);
    this.profiles = profiles.stream().map(each -> new ProfileDecoder(each, shapes)).toList();
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
    for (ProfileDecoder each : profiles) {
      if (each.reads(topic)) {
        return each.decode(topic, payload, receivedAt);
      }
    }
    return hologrid.decode(topic, payload, receivedAt); // which says that the topic is unknown
  }
}
