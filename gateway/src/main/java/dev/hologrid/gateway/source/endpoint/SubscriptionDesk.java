package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.audit.Decision;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttTopicSubscription;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import io.vertx.mqtt.messages.MqttUnsubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import io.vertx.mqtt.messages.codes.MqttSubAckReasonCode;
import io.vertx.mqtt.messages.codes.MqttUnsubAckReasonCode;
import java.util.ArrayList;
import java.util.List;

/** Answers what one connection wants to subscribe to. Confined to its event loop. */
final class SubscriptionDesk {
  private final Joint joint;
  private final MqttEndpoint endpoint;
  private final DeviceGate.Admitted who;
  private final Outbox outbox;

  SubscriptionDesk(Joint joint, MqttEndpoint endpoint, DeviceGate.Admitted who, Outbox outbox) {
    this.joint = joint;
    this.endpoint = endpoint;
    this.who = who;
    this.outbox = outbox;
  }

  void open() {
    endpoint.subscribeHandler(this::subscribe);
    endpoint.unsubscribeHandler(this::unsubscribe);
    endpoint.publishAcknowledgeHandler(outbox::acked);
  }

  private void subscribe(MqttSubscribeMessage message) {
    List<MqttSubAckReasonCode> answers = new ArrayList<>();
    int id = 0;
    if (message.properties().getProperty(Properties.SUBSCRIPTION_IDENTIFIER)
        instanceof MqttProperties.IntegerProperty said) {
      id = said.value();
      if (id == 0) {
        endpoint.disconnect(MqttDisconnectReasonCode.PROTOCOL_ERROR, MqttProperties.NO_PROPERTIES);
        return;
      }
    }
    for (MqttTopicSubscription each : message.topicSubscriptions()) {
      answers.add(answer(each.topicName(), each.qualityOfService().value(), id));
    }
    endpoint.subscribeAcknowledge(message.messageId(), answers, MqttProperties.NO_PROPERTIES);
  }

  private MqttSubAckReasonCode answer(String filter, int qos, int id) {
    if (filter.startsWith("$share/")) {
      return refused(filter, MqttSubAckReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED);
    }
    if (!TopicFilter.valid(filter)) {
      return refused(filter, MqttSubAckReasonCode.TOPIC_FILTER_INVALID);
    }
    if (!joint.subscriptions().allows(who, filter)) {
      return refused(filter, MqttSubAckReasonCode.NOT_AUTHORIZED);
    }
    int granted = Math.min(qos, 1);
    if (!outbox.add(filter, granted, id)) {
      return refused(filter, MqttSubAckReasonCode.QUOTA_EXCEEDED);
    }
    joint.followers().add(outbox, filter);
    return granted == 0 ? MqttSubAckReasonCode.GRANTED_QOS0 : MqttSubAckReasonCode.GRANTED_QOS1;
  }

  private MqttSubAckReasonCode refused(String filter, MqttSubAckReasonCode why) {
    joint.counts().subscriptionsRefused.increment();
    String client = endpoint.clientIdentifier();
    String identity = who.identity().isEmpty() ? "client:" + client : who.identity();
    String address = endpoint.remoteAddress().hostAddress();
    joint.audit().note(new Decision("subscribe-refused", identity, address, "filter " + filter));
    // Version 3.1.1 has one word for all of these.
    return endpoint.protocolVersion() < 5 ? MqttSubAckReasonCode.UNSPECIFIED_ERROR : why;
  }

  private void unsubscribe(MqttUnsubscribeMessage message) {
    List<MqttUnsubAckReasonCode> answers = new ArrayList<>();
    for (String each : message.topics()) {
      if (outbox.remove(each)) {
        joint.followers().remove(outbox, each);
        answers.add(MqttUnsubAckReasonCode.SUCCESS);
      } else {
        answers.add(MqttUnsubAckReasonCode.NO_SUBSCRIPTION_EXISTED);
      }
    }
    endpoint.unsubscribeAcknowledge(message.messageId(), answers, MqttProperties.NO_PROPERTIES);
  }
}
