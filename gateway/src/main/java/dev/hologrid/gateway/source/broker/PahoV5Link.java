package dev.hologrid.gateway.source.broker;

import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/** MQTT 5. */
final class PahoV5Link implements Link, MqttCallback {
  private static final int SEND_RETAINED_IF_NEW = 1;

  /** How long the DISCONNECT may take; 0 would be for ever. */
  private static final int GOODBYE_MS = 100;

  private final BrokerConfig config;
  private final SocketFactory sockets;
  private final Events events;
  private final MqttAsyncClient client;

  PahoV5Link(BrokerConfig config, int number, SocketFactory sockets, Events events)
      throws MqttException {
    this.config = config;
    this.sockets = sockets;
    this.events = events;
    this.client =
        new MqttAsyncClient(config.pahoUrl(), config.clientId(number), new MemoryPersistence());
    client.setManualAcks(true);
    client.setCallback(this);
  }

  @Override
  public void open() throws MqttException {
    client.connect(
        options(),
        null,
        new MqttActionListener() {
          @Override
          public void onSuccess(IMqttToken token) {
            subscribe();
          }

          @Override
          public void onFailure(IMqttToken token, Throwable cause) {
            events.lost(
                PahoV5Link.this, "cannot connect: " + Reasons.ofConnecting(cause, config.secure()));
          }
        });
  }

  private MqttConnectionOptions options() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setCleanStart(false);
    options.setSessionExpiryInterval(config.session().expiry().toSeconds());
    options.setReceiveMaximum(config.session().receiveMaximum());
    options.setTopicAliasMaximum(0);
    options.setKeepAliveInterval((int) config.session().keepAlive().toSeconds());
    options.setConnectionTimeout(10);
    options.setSocketFactory(sockets);
    options.setHttpsHostnameVerificationEnabled(true);
    if (!config.login().username().isEmpty()) {
      options.setUserName(config.login().username());
      options.setPassword(config.login().password().reveal().getBytes(StandardCharsets.UTF_8));
    }
    return options;
  }

  private void subscribe() {
    List<String> filters = config.filters();
    MqttSubscription[] subscriptions =
        filters.stream().map(PahoV5Link::subscription).toArray(MqttSubscription[]::new);
    try {
      client.subscribe(
          subscriptions,
          null,
          new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
              granted(filters, token.getReasonCodes());
            }

            @Override
            public void onFailure(IMqttToken token, Throwable cause) {
              events.lost(PahoV5Link.this, "cannot subscribe: " + Reasons.of(cause));
            }
          },
          new MqttProperties());
    } catch (MqttException e) {
      events.lost(this, "cannot subscribe: " + Reasons.of(e));
    }
  }

  private static MqttSubscription subscription(String filter) {
    MqttSubscription subscription = new MqttSubscription(filter, 1);
    if (!filter.startsWith("$share/")) {
      subscription.setRetainHandling(SEND_RETAINED_IF_NEW);
    }
    return subscription;
  }

  private void granted(List<String> filters, int @Nullable [] codes) {
    for (int i = 0; codes != null && i < codes.length && i < filters.size(); i++) {
      if (codes[i] >= 0x80) {
        events.lost(
            this,
            "the broker refuses the subscription to "
                + filters.get(i)
                + " with reason 0x"
                + Integer.toHexString(codes[i])
                + "; allow it in the broker's access list");
        return;
      }
    }
    events.subscribed(this);
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    events.arrived(this, topic, message.getPayload(), message.getQos() == 0 ? 0 : message.getId());
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    String why =
        response.getException() != null
            ? Reasons.of(response.getException())
            : "reason 0x" + Integer.toHexString(response.getReturnCode());
    events.lost(this, "the connection ended: " + why);
  }

  @Override
  public void acknowledge(int packetId) {
    if (sockets instanceof PlainSockets plain) {
      plain.acknowledge(packetId); // the client keeps no account of what it has received
      return;
    }
    try {
      client.messageArrivedComplete(packetId, 1);
    } catch (MqttException e) {
      // the connection is gone; the broker sends the message again to the next one
    }
  }

  @Override
  public void tell(String topic, byte[] payload) {
    try {
      client.publish(topic, payload, 0, false);
    } catch (MqttException e) {
      // not connected: whoever asks will ask again
    }
  }

  @Override
  public void end() {
    try {
      client.disconnectForcibly(0, GOODBYE_MS, true);
    } catch (MqttException e) {
      // was not connected
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      // Paho has given up its threads already
    }
  }

  @Override
  public void mqttErrorOccurred(MqttException exception) {
    events.lost(this, "protocol error: " + Reasons.of(exception));
  }

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {}

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
