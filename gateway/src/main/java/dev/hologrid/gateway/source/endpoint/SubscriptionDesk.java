package dev.hologrid.gateway.source.endpoint;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttTopicSubscription;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import io.vertx.mqtt.messages.MqttUnsubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttSubAckReasonCode;
import io.vertx.mqtt.messages.codes.MqttUnsubAckReasonCode;
import java.util.ArrayList;
import java.util.List;

/** The subscriptions of one connection. Confined to its event loop; {@link #send} is not. */
final class SubscriptionDesk implements Subscriptions.Subscriber {
  private final Subscriptions subscriptions;
  private final MqttEndpoint endpoint;
  private final DeviceGate.Admitted who;
  private final ChannelHandlerContext channel;
  private boolean any;

  SubscriptionDesk(
      Subscriptions subscriptions,
      MqttEndpoint endpoint,
      DeviceGate.Admitted who,
      ChannelHandlerContext channel) {
    this.subscriptions = subscriptions;
    this.endpoint = endpoint;
    this.who = who;
    this.channel = channel;
  }

  void open() {
    endpoint.subscribeHandler(this::subscribe);
    endpoint.unsubscribeHandler(this::unsubscribe);
  }

  private void subscribe(MqttSubscribeMessage message) {
    List<MqttSubAckReasonCode> answers = new ArrayList<>();
    for (MqttTopicSubscription each : message.topicSubscriptions()) {
      answers.add(answer(each.topicName()));
    }
    endpoint.subscribeAcknowledge(message.messageId(), answers, MqttProperties.NO_PROPERTIES);
  }

  private MqttSubAckReasonCode answer(String filter) {
    if (filter.startsWith("$share/")) {
      return MqttSubAckReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
    }
    return switch (subscriptions.subscribe(this, who, filter)) {
      case GRANTED -> {
        any = true;
        yield MqttSubAckReasonCode.GRANTED_QOS0;
      }
      case NOT_ALLOWED -> MqttSubAckReasonCode.NOT_AUTHORIZED;
      case BAD_FILTER -> MqttSubAckReasonCode.TOPIC_FILTER_INVALID;
    };
  }

  private void unsubscribe(MqttUnsubscribeMessage message) {
    List<MqttUnsubAckReasonCode> answers = new ArrayList<>();
    for (String each : message.topics()) {
      answers.add(
          subscriptions.unsubscribe(this, each)
              ? MqttUnsubAckReasonCode.SUCCESS
              : MqttUnsubAckReasonCode.NO_SUBSCRIPTION_EXISTED);
    }
    endpoint.unsubscribeAcknowledge(message.messageId(), answers, MqttProperties.NO_PROPERTIES);
  }

  void close() {
    if (any) {
      subscriptions.gone(this);
    }
  }

  @Override
  public String client() {
    return endpoint.clientIdentifier();
  }

  @Override
  public Future<Boolean> send(String topic, byte[] payload) {
    Promise<Boolean> sent = Promise.promise();
    channel
        .channel()
        .eventLoop()
        .execute(
            () -> {
              if (!endpoint.isConnected() || !channel.channel().isWritable()) {
                sent.complete(false);
                return;
              }
              endpoint.publish(topic, Buffer.buffer(payload), MqttQoS.AT_MOST_ONCE, false, false);
              sent.complete(true);
            });
    return sent.future();
  }
}
