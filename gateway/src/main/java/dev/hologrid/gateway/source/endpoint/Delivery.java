package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.source.SourceMessage;

/**
 * One message of one connection on its way to the disk. The connection's event loop owns it; the
 * acknowledgement may come from any thread, once.
 */
final class Delivery implements SourceMessage.Ack {
  /** Where it stands. */
  enum State {
    WAITING,
    STORED,
    FAILED
  }

  private final Connection connection;
  final int packetId;
  final int qos;
  final int bytes;

  /** The reason code to answer with; 0 is success. */
  final int code;

  private volatile State state;

  private Delivery(Connection connection, int packetId, int qos, int bytes, int code, State state) {
    this.connection = connection;
    this.packetId = packetId;
    this.qos = qos;
    this.bytes = bytes;
    this.code = code;
    this.state = state;
  }

  static Delivery waiting(Connection connection, int packetId, int qos, int bytes) {
    return new Delivery(connection, packetId, qos, bytes, 0, State.WAITING);
  }

  /** One that is answered without being stored, in its turn. */
  static Delivery answered(Connection connection, int packetId, int qos, int code) {
    return new Delivery(connection, packetId, qos, 0, code, State.STORED);
  }

  State state() {
    return state;
  }

  @Override
  public void stored() {
    state = State.STORED;
    connection.wake();
  }

  @Override
  public void failed(Throwable cause) {
    state = State.FAILED;
    connection.wake();
  }
}
