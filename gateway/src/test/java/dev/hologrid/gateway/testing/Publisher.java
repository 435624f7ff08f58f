package dev.hologrid.gateway.testing;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** An MQTT 5 device that waits for each acknowledgement. */
public final class Publisher implements AutoCloseable {
  private final MqttAsyncClient client;

  public Publisher(int port, String id) throws MqttException {
    client = new MqttAsyncClient("tcp://127.0.0.1:" + port, id, new MemoryPersistence());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setConnectionTimeout(10);
    client.connect(options).waitForCompletion(10_000);
  }

  public Publisher publish(String topic, String payload) {
    return publish(topic, payload.getBytes(StandardCharsets.UTF_8), 1);
  }

  public Publisher publish(String topic, byte[] payload, int qos) {
    try {
      MqttMessage message = new MqttMessage(payload);
      message.setQos(qos);
      client.publish(topic, message).waitForCompletion(20_000);
      return this;
    } catch (MqttException e) {
      throw new CompletionException(e);
    }
  }

  public boolean connected() {
    return client.isConnected();
  }

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnect().waitForCompletion(5_000);
    }
    client.close(true);
  }
}
