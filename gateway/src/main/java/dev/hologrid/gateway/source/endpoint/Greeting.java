package dev.hologrid.gateway.source.endpoint;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.vertx.mqtt.MqttEndpoint;

/**
 * What the two sides of a connection agree on.
 *
 * @param silenceSeconds after which the connection ends
 * @param five MQTT 5, not 3.1.1
 * @param keptSeconds how long the session outlives the connection
 * @param properties for the CONNACK; empty below MQTT 5
 */
record Greeting(
    int packet, int silenceSeconds, boolean five, long keptSeconds, MqttProperties properties) {
  /** Before CONNECT nobody may send more; also the limit of a will. */
  static final int FIRST_PACKET = 64 << 10;

  static final int CLIENT_ID_BYTES = 256;
  private static final long FOR_EVER = 0xFFFF_FFFFL;

  // Property identifiers, MQTT 5.0 section 2.2.2.2.
  private static final int ASSIGNED_CLIENT_IDENTIFIER = 0x12;
  private static final int SERVER_KEEP_ALIVE = 0x13;
  private static final int SHARED_SUBSCRIPTION_AVAILABLE = 0x2A;

  static Greeting of(MqttEndpoint endpoint, EndpointConfig.Limits limits) {
    int most = (int) limits.mostIdle().toSeconds();
    int asked = endpoint.keepAliveTimeSeconds();
    if (endpoint.protocolVersion() < 5) {
      // There is no way to tell these that we want another keep-alive than theirs.
      int silence = asked == 0 ? most : asked + (asked + 1) / 2;
      return new Greeting(
          limits.packet(),
          silence,
          false,
          endpoint.isCleanSession() ? 0 : FOR_EVER,
          MqttProperties.NO_PROPERTIES);
    }
    long expiry = Properties.number(endpoint, Properties.SESSION_EXPIRY_INTERVAL, 0);
    int keepAlive = asked == 0 ? most : Math.min(asked, most);
    MqttProperties properties = new MqttProperties();
    put(properties, Properties.RECEIVE_MAXIMUM, limits.inFlight());
    put(properties, Properties.MAXIMUM_PACKET_SIZE, limits.packet());
    put(properties, SHARED_SUBSCRIPTION_AVAILABLE, 0);
    put(properties, Properties.TOPIC_ALIAS_MAXIMUM, Aliases.MOST);
    if (keepAlive != asked) {
      put(properties, SERVER_KEEP_ALIVE, keepAlive);
    }
    if (Arrivals.namedHere(Channels.of(endpoint).channel())) {
      // Only to a client that named none: others take it for a protocol error.
      properties.add(new StringProperty(ASSIGNED_CLIENT_IDENTIFIER, endpoint.clientIdentifier()));
    }
    return new Greeting(limits.packet(), keepAlive + (keepAlive + 1) / 2, true, expiry, properties);
  }

  private static void put(MqttProperties properties, int identifier, int value) {
    properties.add(new IntegerProperty(identifier, value));
  }

  /**
   * From now on larger packets may come, silence is watched, and plain messages go to {@code sink}
   * without the library.
   */
  void prepare(
      ChannelHandlerContext channel, Runnable silent, PublishReader.Sink sink, Topics topics) {
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.get("keepAliveHandler") != null) {
      pipeline.remove("keepAliveHandler");
    }
    if (pipeline.get("idle") != null) {
      pipeline.remove("idle");
    }
    KeepAlive keepAlive = new KeepAlive(silenceSeconds, silent);
    pipeline.addBefore("handler", "silence", keepAlive);
    pipeline.addAfter("mqttDecoder", "packets", new MqttDecoder(packet, CLIENT_ID_BYTES));
    // Last: bytes that came with the CONNECT move on to what takes the old decoder's place.
    pipeline.replace(
        "mqttDecoder", "mqttDecoder", new PublishReader(sink, topics, packet, five, keepAlive));
  }
}
