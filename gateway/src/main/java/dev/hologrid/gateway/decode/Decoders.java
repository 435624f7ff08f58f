package dev.hologrid.gateway.decode;

import dev.hologrid.rules.Shapes;
import java.util.ArrayList;
import java.util.List;

/** Finds the decoder of a topic. Safe for use by many threads. */
public final class Decoders implements Decoder {
  /** What the decoders that are no profiles read, as MQTT topic filters. */
  private static final List<String> FILTERS =
      List.of(
          HoloGridDecoder.PREFIX + "#",
          Zigbee2MqttDecoder.PREFIX + "#",
          FrigateDecoder.PREFIX + "#",
          SparkplugDecoder.PREFIX + "#",
          ThingsBoardDecoder.DEVICES + "#",
          ThingsBoardDecoder.GATEWAY + "#");

  private final HoloGridDecoder hologrid;
  private final Zigbee2MqttDecoder zigbee2Mqtt;
  private final FrigateDecoder frigate;
  private final PanelDecoder panel;
  private final SparkplugDecoder sparkplug;
  private final ThingsBoardDecoder thingsBoard;
  private final List<ProfileDecoder> profiles;

  /** With the profiles that ship, and nobody to ask for rebirths. */
  public Decoders(Shapes shapes) {
    this(shapes, Profiles.shipped(), Rebirths.NONE);
  }

  /** The first profile that reads a topic is used. */
  public Decoders(Shapes shapes, List<Profile> profiles, Rebirths rebirths) {
    this.hologrid = new HoloGridDecoder(shapes);
    this.zigbee2Mqtt = new Zigbee2MqttDecoder(shapes);
    this.frigate = new FrigateDecoder(shapes);
    this.panel = new PanelDecoder(shapes);
    this.sparkplug = new SparkplugDecoder(shapes, rebirths);
    this.thingsBoard = new ThingsBoardDecoder(shapes);
    this.profiles = profiles.stream().map(each -> new ProfileDecoder(each, shapes)).toList();
  }

  /** The MQTT topic filters of all that can be read, with these profiles. */
  public static List<String> filters(List<Profile> profiles) {
    List<String> all = new ArrayList<>(FILTERS);
    profiles.stream().map(Profile::filter).filter(each -> !all.contains(each)).forEach(all::add);
    return all;
  }

  @Override
  public Decoded decode(String topic, byte[] payload, long receivedAt) {
    return of(topic).decode(topic, payload, receivedAt);
  }

  private Decoder of(String topic) {
    if (topic.startsWith(HoloGridDecoder.PREFIX)) {
      return hologrid;
    }
    for (ProfileDecoder each : profiles) {
      if (each.reads(topic)) {
        return each;
      }
    }
    if (topic.startsWith(Zigbee2MqttDecoder.PREFIX)) {
      return zigbee2Mqtt;
    }
    if (topic.startsWith(FrigateDecoder.PREFIX)) {
      return frigate;
    }
    if (topic.startsWith(PanelDecoder.PREFIX)) {
      return panel;
    }
    if (topic.startsWith(SparkplugDecoder.PREFIX)) {
      return sparkplug;
    }
    return ThingsBoardDecoder.reads(topic)
        ? thingsBoard
        : hologrid; // which says that the topic is unknown
  }
}
