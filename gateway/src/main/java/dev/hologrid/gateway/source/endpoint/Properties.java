package dev.hologrid.gateway.source.endpoint;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.vertx.mqtt.MqttEndpoint;

/** Property identifiers, MQTT 5.0 section 2.2.2.2. */
final class Properties {
  static final int MESSAGE_EXPIRY_INTERVAL = 0x02;
  static final int RESPONSE_TOPIC = 0x08;
  static final int CORRELATION_DATA = 0x09;
  static final int SUBSCRIPTION_IDENTIFIER = 0x0B;
  static final int SESSION_EXPIRY_INTERVAL = 0x11;
  static final int AUTHENTICATION_METHOD = 0x15;
  static final int WILL_DELAY_INTERVAL = 0x18;
  static final int RECEIVE_MAXIMUM = 0x21;
  static final int TOPIC_ALIAS_MAXIMUM = 0x22;
  static final int TOPIC_ALIAS = 0x23;
  static final int USER_PROPERTY = 0x26;
  static final int MAXIMUM_PACKET_SIZE = 0x27;

  /** More of them in one packet are refused. */
  static final int MOST_OF_USERS = 16;

  private Properties() {}

  /** A number of the CONNECT; unsigned, as the protocol has it. */
  static long number(MqttEndpoint endpoint, int identifier, long otherwise) {
    return endpoint.protocolVersion() < 5
        ? otherwise
        : number(endpoint.connectProperties(), identifier, otherwise);
  }

  static long number(MqttProperties properties, int identifier, long otherwise) {
    return properties.getProperty(identifier) instanceof IntegerProperty found
        ? Integer.toUnsignedLong(found.value())
        : otherwise;
  }
}
