package dev.hologrid.gateway.source.endpoint;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.AttributeKey;
import io.vertx.core.Handler;
import io.vertx.core.net.NetSocket;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.impl.MqttServerConnection;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.UUID;

/**
 * Makes an MQTT connection of each TCP connection, as the library's own server does, which lets
 * nobody see a connection before its CONNECT: there a client that sends a byte now and then may
 * stay for ever, any number of them may, and one without an id is refused unless it starts clean.
 * Called on the connection's event loop.
 */
final class Arrivals implements Handler<NetSocket> {
  private static final AttributeKey<Boolean> NAMED_HERE = AttributeKey.valueOf("hologrid.named");
  private static final MethodHandle HANDLE_MESSAGE = find();
  private static final int MQTT_5 = 5;

  private final EndpointConfig.Limits limits;
  private final EndpointConfig.WebSocket webSocket;
  private final MqttServerOptions options;
  private final Lobby lobby;
  private final FullHouse fullHouse;
  private final Handler<MqttEndpoint> connected;

  Arrivals(
      EndpointConfig config,
      MqttServerOptions options,
      Lobby lobby,
      FullHouse fullHouse,
      Handler<MqttEndpoint> connected) {
    this.limits = config.limits();
    this.webSocket = config.webSocket();
    this.options = options;
    this.lobby = lobby;
    this.fullHouse = fullHouse;
    this.connected = connected;
  }

  private static MethodHandle find() {
    try {
      return MethodHandles.privateLookupIn(MqttServerConnection.class, MethodHandles.lookup())
          .findVirtual(
              MqttServerConnection.class,
              "handleMessage",
              MethodType.methodType(void.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this version of vertx-mqtt takes its messages elsewhere", e);
    }
  }

  @Override
  public void handle(NetSocket socket) {
    LeanSocket lean = LeanSocket.replace(socket);
    Channel channel = lean.channel();
    fullHouse.watch(channel.parent());
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addBefore("handler", "mqttEncoder", MqttEncoder.INSTANCE);
    pipeline.addBefore(
        "handler",
        "mqttDecoder",
        new MqttDecoder(options.getMaxMessageSize(), options.getMaxClientIdLength()));
    if (webSocket.on()) {
      pipeline.addBefore("mqttEncoder", "webSocketDoor", new WebSocketDoor(webSocket.origins()));
    }
    // The library takes these two out at the CONNECT.
    pipeline.addBefore("handler", "idle", new IdleStateHandler(0, 0, 0));
    pipeline.addBefore(
        "handler", "timeoutOnConnect", new ConnectDeadline(limits.connectWithin(), lobby));
    MqttServerConnection connection =
        new MqttServerConnection(lean, connected, ignored -> {}, options);
    lean.messageHandler(message -> pass(connection, named(message, channel), channel));
  }

  /** What the library throws at a packet that it does not know is that packet's fault. */
  private void pass(MqttServerConnection connection, Object message, Channel channel) {
    synchronized (connection) {
      try {
        HANDLE_MESSAGE.invokeExact(connection, message);
      } catch (IllegalArgumentException | IllegalStateException e) {
        if (channel.pipeline().get("timeoutOnConnect") == null) {
          channel.pipeline().fireExceptionCaught(new DecoderException(e.getMessage()));
        } else {
          lobby.wrong(channel);
        }
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Whether the client named no id and was given one. */
  static boolean namedHere(Channel channel) {
    return channel.hasAttr(NAMED_HERE);
  }

  /**
   * MQTT-3.1.3-6: a client of MQTT 5 without an id is given one, whether it starts clean or not.
   */
  private static Object named(Object message, Channel channel) {
    if (!(message instanceof MqttConnectMessage connect)
        || !connect.decoderResult().isSuccess()
        || connect.variableHeader().version() < MQTT_5) {
      return message;
    }
    MqttConnectPayload said = connect.payload();
    if (said.clientIdentifier() != null && !said.clientIdentifier().isEmpty()) {
      return message;
    }
    channel.attr(NAMED_HERE).set(true);
    return new MqttConnectMessage(
        connect.fixedHeader(),
        connect.variableHeader(),
        new MqttConnectPayload(
            UUID.randomUUID().toString(),
            said.willProperties(),
            said.willTopic(),
            said.willMessageInBytes(),
            said.userName(),
            said.passwordInBytes()));
  }
}
