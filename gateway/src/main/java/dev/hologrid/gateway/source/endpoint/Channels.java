package dev.hologrid.gateway.source.endpoint;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.impl.MqttEndpointImpl;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The Netty channel under an endpoint. {@code MqttEndpoint} has neither {@code pause} nor a write
 * that leaves the flush out, and both decide here: without the first a full disk fills the heap,
 * without the second each acknowledgement is a system call. The library keeps its socket in a
 * private field; a test fails when a new version of it does not.
 */
final class Channels {
  private static final VarHandle SOCKET = find();

  private Channels() {}

  private static VarHandle find() {
    try {
      return MethodHandles.privateLookupIn(MqttEndpointImpl.class, MethodHandles.lookup())
          .findVarHandle(MqttEndpointImpl.class, "conn", NetSocketInternal.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this version of vertx-mqtt keeps its socket elsewhere", e);
    }
  }

  static ChannelHandlerContext of(MqttEndpoint endpoint) {
    NetSocketInternal socket = (NetSocketInternal) SOCKET.get((MqttEndpointImpl) endpoint);
    return socket.channelHandlerContext();
  }
}
