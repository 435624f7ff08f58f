package dev.hologrid.gateway.source.broker;

import java.util.Arrays;
import java.util.List;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/** MQTT 3.1.1, for brokers that know nothing newer. */
final class PahoV3Link implements Link, MqttCallback {
  private static final int REFUSED = 0x80;

  /** How long the DISCONNECT may take; 0 would be for ever. */
  private static final int GOODBYE_MS = 100;

  private final BrokerConfig config;
  private final SocketFactory sockets;
  private final Events events;
  private final MqttAsyncClient client;

  PahoV3Link(BrokerConfig config, int number, SocketFactory sockets, Events events)
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
    MqttConnectOptions options = new MqttConnectOptions();
    options.setAutomaticReconnect(false);
    options.setCleanSession(false);
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setKeepAliveInterval((int) config.session().keepAlive().toSeconds());
    options.setConnectionTimeout(10);
    options.setSocketFactory(sockets);
    options.setHttpsHostnameVerificationEnabled(true);
    if (!config.login().username().isEmpty()) {
      options.setUserName(config.login().username());
      options.setPassword(config.login().password().reveal().toCharArray());
    }
    client.connect(options, null, listener("cannot connect: ", token -> subscribe()));
  }

  private void subscribe() {
    List<String> filters = config.filters();
    int[] qos = new int[filters.size()];
    Arrays.fill(qos, 1);
    try {
      client.subscribe(
          filters.toArray(String[]::new),
          qos,
          null,
          listener("cannot subscribe: ", token -> granted(token.getGrantedQos())));
    } catch (MqttException e) {
      events.lost(this, "cannot subscribe: " + Reasons.of(e));
    }
  }

  private void granted(int @Nullable [] codes) {
    if (codes != null && Arrays.stream(codes).anyMatch(code -> code >= REFUSED)) {
      events.lost(this, "the broker refuses a subscription; allow it in the broker's access list");
    } else {
      events.subscribed(this);
    }
  }

  private IMqttActionListener listener(
      String failed, java.util.function.Consumer<IMqttToken> then) {
    return new IMqttActionListener() {
      @Override
      public void onSuccess(IMqttToken token) {
        then.accept(token);
      }

      @Override
      public void onFailure(IMqttToken token, Throwable cause) {
        events.lost(PahoV3Link.this, failed + Reasons.ofConnecting(cause, config.secure()));
      }
    };
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    events.arrived(this, topic, message.getPayload(), message.getQos() == 0 ? 0 : message.getId());
  }

  @Override
  public void connectionLost(Throwable cause) {
    events.lost(this, "the connection ended: " + Reasons.of(cause));
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
  public void deliveryComplete(IMqttDeliveryToken token) {}
}
