package dev.hologrid.gateway.source.endpoint;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a client publishes to, by name or by alias (MQTT 5.0, section 3.3.2.3.4). Confined
 * to the connection's event loop.
 */
final class InboundTopics {
  /** A topic, or why the connection has to end. */
  sealed interface Found {}

  record Topic(String name) implements Found {}

  record Wrong(MqttDisconnectReasonCode why) implements Found {}

  private final boolean five;
  private @Nullable Aliases aliases;

  InboundTopics(boolean five) {
    this.five = five;
  }

  Found find(MqttPublishMessage message) {
    String name = message.topicName();
    if (!five) {
      return name.isEmpty()
          ? new Wrong(MqttDisconnectReasonCode.TOPIC_NAME_INVALID)
          : new Topic(name);
    }
    MqttProperties properties = message.properties();
    if (properties.getProperties(Properties.USER_PROPERTY).size() > Properties.MOST_OF_USERS) {
      return new Wrong(MqttDisconnectReasonCode.QUOTA_EXCEEDED);
    }
    if (properties.getProperty(Properties.TOPIC_ALIAS) instanceof IntegerProperty alias) {
      return aliased(name, alias.value());
    }
    return name.isEmpty()
        ? new Wrong(MqttDisconnectReasonCode.TOPIC_NAME_INVALID)
        : new Topic(name);
  }

  private Found aliased(String name, int number) {
    if (!Aliases.valid(number)) {
      return new Wrong(MqttDisconnectReasonCode.TOPIC_ALIAS_INVALID);
    }
    if (name.length() > Aliases.LONGEST_TOPIC) {
      return new Wrong(MqttDisconnectReasonCode.TOPIC_NAME_INVALID);
    }
    Aliases known = aliases;
    if (known == null) {
      known = new Aliases(0);
      aliases = known;
    }
    if (!name.isEmpty()) {
      known.put(number, name);
      return new Topic(name);
    }
    String meant = known.topic(number);
    return meant == null ? new Wrong(MqttDisconnectReasonCode.PROTOCOL_ERROR) : new Topic(meant);
  }
}
