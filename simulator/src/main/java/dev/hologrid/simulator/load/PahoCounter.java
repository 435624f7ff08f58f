package dev.hologrid.simulator.load;

import dev.hologrid.simulator.mqtt.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Eclipse Paho v5 at its best: manual acknowledgement, no Nagle, memory persistence. */
final class PahoCounter implements MqttCallback {
  private static final long PATIENCE_MS = 10_000;
  private static final int RECEIVE_MAXIMUM = 1000;

  private final MqttAsyncClient client;
  private final LongAdder count;

  private PahoCounter(MqttAsyncClient client, LongAdder count) {
    this.client = client;
    this.count = count;
  }

  static void start(Server server, String filter, LongAdder count) throws MqttException {
    MqttAsyncClient client =
        new MqttAsyncClient(
            "tcp://" + server.host() + ":" + server.port(),
            "counter-" + ProcessHandle.current().pid(),
            new MemoryPersistence());
    client.setManualAcks(true);
    client.setCallback(new PahoCounter(client, count));
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setSocketFactory(new WithoutNagle());
    options.setReceiveMaximum(RECEIVE_MAXIMUM);
    client.connect(options).waitForCompletion(PATIENCE_MS);
    client.subscribe(filter, 1).waitForCompletion(PATIENCE_MS);
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) throws MqttException {
    count.increment();
    client.messageArrivedComplete(message.getId(), message.getQos());
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    System.err.println("subscriber disconnected: " + response);
  }

  @Override
  public void mqttErrorOccurred(MqttException exception) {
    System.err.println("subscriber: " + exception);
  }

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {}

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {}

  /** Paho leaves Nagle's algorithm on, which holds every acknowledgement back for 40 ms. */
  private static final class WithoutNagle extends SocketFactory {
    @Override
    public Socket createSocket() throws IOException {
      Socket socket = new Socket();
      socket.setTcpNoDelay(true);
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return quick(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return quick(new Socket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return quick(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return quick(new Socket(host, port, local, localPort));
    }

    private static Socket quick(Socket socket) throws IOException {
      socket.setTcpNoDelay(true);
      return socket;
    }
  }
}
