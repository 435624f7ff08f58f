package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.SourceMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttWill;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import io.vertx.mqtt.messages.MqttUnsubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import io.vertx.mqtt.messages.codes.MqttSubAckReasonCode;
import io.vertx.mqtt.messages.codes.MqttUnsubAckReasonCode;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One device's connection. Its handlers run on its event loop; acknowledgements come from the
 * journal's thread and are carried over in batches.
 */
final class Connection {

  private record Done(int packetId, MqttQoS qos) {}

  private final MqttEndpoint endpoint;
  private final Inbox inbox;
  private final Clock clock;
  private final EndpointConfig config;
  private final Set<Integer> exactlyOnce;
  private final Context context;
  private final boolean version5;
  private final ArrayDeque<Done> done = new ArrayDeque<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicBoolean willSent = new AtomicBoolean();
  private volatile long lastHeard;

  Connection(
      MqttEndpoint endpoint,
      Inbox inbox,
      Clock clock,
      EndpointConfig config,
      Set<Integer> exactlyOnce) {
    this.endpoint = endpoint;
    this.inbox = inbox;
    this.clock = clock;
    this.config = config;
    this.exactlyOnce = exactlyOnce;
    this.context = Vertx.currentContext();
    this.version5 = endpoint.protocolVersion() == 5;
    this.lastHeard = clock.millis();
  }

  void handle() {
    endpoint.publishHandler(this::published);
    endpoint.publishReleaseHandler(this::released);
    endpoint.subscribeHandler(this::refuseSubscription);
    endpoint.unsubscribeHandler(this::unsubscribe);
    endpoint.pingHandler(ping -> lastHeard = clock.millis());
    endpoint.disconnectMessageHandler(
        message -> {
          if (message.code() != MqttDisconnectReasonCode.WITH_WILL_MESSAGE) {
            willSent.set(true);
          }
        });
    endpoint.exceptionHandler(failure -> endpoint.close());
  }

  private void published(MqttPublishMessage message) {
    long now = clock.millis();
    lastHeard = now;
    int id = message.messageId();
    MqttQoS qos = message.qosLevel();
    if (qos == MqttQoS.EXACTLY_ONCE && exactlyOnce.contains(id)) {
      endpoint.publishReceived(id);
      return;
    }
    if (qos != MqttQoS.AT_MOST_ONCE && inFlight.get() >= config.maxInFlight()) {
      end(MqttDisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED);
      return;
    }
    if (!inbox.ready()) {
      // Not acknowledged, so the device keeps it and sends it again.
      end(MqttDisconnectReasonCode.QUOTA_EXCEEDED);
      return;
    }
    inFlight.incrementAndGet();
    inbox.put(
        new SourceMessage(
            "endpoint",
            message.topicName(),
            endpoint.clientIdentifier(),
            message.payload().getBytes(),
            now,
            new Receipt(id, qos)));
  }

  private final class Receipt implements SourceMessage.Ack {
    private final int packetId;
    private final MqttQoS qos;

    Receipt(int packetId, MqttQoS qos) {
      this.packetId = packetId;
      this.qos = qos;
    }

    @Override
    public void stored() {
      inFlight.decrementAndGet();
      if (qos == MqttQoS.AT_MOST_ONCE) {
        return;
      }
      if (qos == MqttQoS.EXACTLY_ONCE) {
        exactlyOnce.add(packetId);
      }
      boolean first;
      synchronized (done) {
        first = done.isEmpty();
        done.add(new Done(packetId, qos));
      }
      if (first) {
        context.runOnContext(now -> acknowledge());
      }
    }

    @Override
    public void failed(Throwable cause) {
      inFlight.decrementAndGet();
      context.runOnContext(now -> end(MqttDisconnectReasonCode.QUOTA_EXCEEDED));
    }
  }

  private void acknowledge() {
    List<Done> all;
    synchronized (done) {
      all = new ArrayList<>(done);
      done.clear();
    }
    if (!endpoint.isConnected()) {
      return;
    }
    for (Done each : all) {
      if (each.qos() == MqttQoS.AT_LEAST_ONCE) {
        endpoint.publishAcknowledge(each.packetId());
      } else {
        endpoint.publishReceived(each.packetId());
      }
    }
  }

  private void released(int packetId) {
    lastHeard = clock.millis();
    exactlyOnce.remove(packetId);
    endpoint.publishComplete(packetId);
  }

  private void refuseSubscription(MqttSubscribeMessage message) {
    int count = message.topicSubscriptions().size();
    if (version5) {
      endpoint.subscribeAcknowledge(
          message.messageId(),
          Collections.nCopies(count, MqttSubAckReasonCode.NOT_AUTHORIZED),
          MqttProperties.NO_PROPERTIES);
    } else {
      endpoint.subscribeAcknowledge(
          message.messageId(), Collections.nCopies(count, MqttQoS.FAILURE));
    }
  }

  private void unsubscribe(MqttUnsubscribeMessage message) {
    if (version5) {
      endpoint.unsubscribeAcknowledge(
          message.messageId(),
          Collections.nCopies(
              message.topics().size(), MqttUnsubAckReasonCode.NO_SUBSCRIPTION_EXISTED),
          MqttProperties.NO_PROPERTIES);
    } else {
      endpoint.unsubscribeAcknowledge(message.messageId());
    }
  }

  private void end(MqttDisconnectReasonCode why) {
    if (endpoint.isConnected()) {
      if (version5) {
        endpoint.disconnect(why, MqttProperties.NO_PROPERTIES);
      }
      endpoint.close();
    }
  }

  /**
   * Another connection has this client id. The will goes in now, before the new one is accepted, so
   * that what the new one says of itself comes after it.
   */
  void takenOver() {
    sendWill();
    context.runOnContext(now -> end(MqttDisconnectReasonCode.SESSION_TAKEN_OVER));
  }

  void shutDown() {
    willSent.set(true);
    context.runOnContext(now -> end(MqttDisconnectReasonCode.SERVER_SHUTTING_DOWN));
  }

  void closed() {
    sendWill();
  }

  void closeIfIdle(long now) {
    long asked = endpoint.keepAliveTimeSeconds() * 1_500L;
    long longest = config.longestKeepAlive().toMillis() * 3 / 2;
    long allowed = asked == 0 ? longest : Math.min(asked, longest);
    if (now - lastHeard > allowed) {
      context.runOnContext(late -> end(MqttDisconnectReasonCode.KEEP_ALIVE_TIMEOUT));
    }
  }

  private void sendWill() {
    MqttWill will = endpoint.will();
    if (!willSent.compareAndSet(false, true) || will == null || !will.isWillFlag()) {
      return;
    }
    Buffer payload = will.getWillMessage();
    inbox.put(
        new SourceMessage(
            "endpoint",
            will.getWillTopic(),
            endpoint.clientIdentifier(),
            payload == null ? new byte[0] : payload.getBytes(),
            clock.millis(),
            new Forget()));
  }

  /** A will has nobody to be acknowledged to. */
  private static final class Forget implements SourceMessage.Ack {
    @Override
    public void stored() {}

    @Override
    public void failed(Throwable cause) {}
  }
}
