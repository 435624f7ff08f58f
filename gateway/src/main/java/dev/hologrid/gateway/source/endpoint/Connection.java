package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.audit.Decision;
import dev.hologrid.gateway.source.SourceMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttWill;
import io.vertx.mqtt.messages.MqttDisconnectMessage;
import io.vertx.mqtt.messages.MqttPubRelMessage;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connected client. Messages are answered in the order they came, each after it is on disk.
 * Confined to the connection's event loop except where a method says otherwise.
 */
final class Connection {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);
  private static final int PUBACK = 0x40;
  private static final int PUBREC = 0x50;
  private static final int PUBCOMP = 0x70;
  private static final int ID_NOT_FOUND = 0x92;
  private static final int NOT_AUTHORIZED = 0x87;

  private final Joint joint;
  private final MqttEndpoint endpoint;
  private final DeviceGate.Admitted who;
  private final String client;
  private final String sessionKey;
  private final String address;
  private final Pace pace;
  private final boolean five;
  private final ChannelHandlerContext channel;
  private final AckLoop loop;
  private final ArrayDeque<Delivery> inFlight = new ArrayDeque<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicBoolean willDue;
  private final InboundTopics topics;
  private final long willDelay;

  private volatile Session session;
  private int inFlightBytes;
  private int unanswered;
  private boolean paused;
  private boolean closed;
  private long keptSeconds;
  private boolean slowed;
  private boolean warned;
  private long readOnAt;

  Connection(Joint joint, MqttEndpoint endpoint, DeviceGate.Admitted who) {
    this.joint = joint;
    this.endpoint = endpoint;
    this.who = who;
    this.client = endpoint.clientIdentifier();
    this.sessionKey = who.identity().isEmpty() ? client : who.identity() + "/" + client;
    this.address = endpoint.remoteAddress().hostAddress();
    String paced = who.identity().isEmpty() ? client : who.identity();
    this.pace = joint.paces().of(paced, address, System.nanoTime());
    this.five = endpoint.protocolVersion() >= 5;
    this.channel = Channels.of(endpoint);
    this.loop = joint.loop(channel.channel().eventLoop());
    this.session = new Session(who);
    MqttWill will = endpoint.will();
    this.willDue = new AtomicBoolean(will != null && will.isWillFlag());
    this.topics = new InboundTopics(five);
    this.willDelay =
        willDue.get() && five
            ? Properties.number(will.getWillProperties(), Properties.WILL_DELAY_INTERVAL, 0)
            : 0;
  }

  /** Takes the client id over, from whoever had it, and answers the CONNECT. */
  void open() {
    endpoint.publishHandler(this::publish);
    endpoint.publishReleaseMessageHandler(this::release);
    endpoint.disconnectMessageHandler(this::disconnected);
    endpoint.closeHandler(gone -> closed());
    endpoint.exceptionHandler(this::broken);
    Greeting greeting = Greeting.of(endpoint, joint.limits());
    keptSeconds = greeting.keptSeconds();
    Sessions.Opened opened = joint.sessions().open(sessionKey, endpoint.isCleanSession(), this);
    Connection replaced = opened.replaced();
    if (replaced != null) {
      replaced.takenOver(opened.present());
    }
    if (opened.ended() != null) {
      opened.ended().sendWill();
    }
    new SubscriptionDesk(joint, endpoint, who, session.outbox).open();
    endpoint.accept(opened.present(), greeting.properties());
    greeting.prepare(channel, this::silent, this::publish, loop.topics());
    session.outbox.connected(Outbox.Link.of(this, endpoint));
    joint.counts().accepted.increment();
    joint.paces().opened(address);
    if (!joint.inbox().ready()) {
      pause();
    }
  }

  /** From {@link Sessions} only, under its lock. */
  void attach(Session found) {
    session = found;
  }

  /** From any thread. */
  Session session() {
    return session;
  }

  /** From any thread: does it on the event loop. */
  void execute(Runnable work) {
    channel.channel().eventLoop().execute(work);
  }

  /** Whether the client takes what it is sent. */
  boolean writable() {
    return channel.channel().isWritable();
  }

  /** From any thread: what the client showed when it came in. */
  X509Certificate[] certificates() {
    return Answers.certificates(endpoint);
  }

  /** From any thread. */
  DeviceGate.Admitted who() {
    return who;
  }

  private void publish(MqttPublishMessage message) {
    if (closed) {
      return;
    }
    switch (topics.find(message)) {
      case InboundTopics.Wrong wrong -> end(wrong.why());
      case InboundTopics.Topic topic ->
          publish(
              topic.name(),
              message.qosLevel().value(),
              message.messageId(),
              message.payload().getBytes());
    }
  }

  private void publish(String topic, int qos, int packetId, byte[] payload) {
    if (closed) {
      return;
    }
    if (qos > 0 && five && unanswered >= joint.limits().inFlight()) {
      end(MqttDisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED);
      return;
    }
    if (!who.mayPublish(topic)) {
      refuse(topic, qos, packetId);
      return;
    }
    Delivery delivery = Delivery.waiting(this, packetId, qos, payload.length);
    track(delivery);
    SourceMessage.Ack ack = delivery;
    if (qos == 2) {
      if (session.size() >= joint.limits().inFlight()) {
        end(MqttDisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED);
        return;
      }
      if (session.arrived(delivery) == Session.Arrival.KNOWN) {
        return;
      }
      ack = new OnceAck(session, delivery);
    }
    put(topic, payload, ack);
    slow(payload.length);
    if (!reading()) {
      pause();
    }
  }

  private void slow(int bytes) {
    if (pace != Pace.FREE) {
      long now = System.nanoTime();
      long wait = pace.spend(bytes, now);
      if (wait > 0) {
        readOnAt = now + wait;
        if (!slowed) {
          slowed = true;
          joint.counts().slowed.increment();
        }
      }
    }
  }

  private void put(String topic, byte[] payload, SourceMessage.Ack ack) {
    joint
        .inbox()
        .put(
            new SourceMessage(
                joint.source(), topic, who.device(), payload, joint.clock().millis(), ack));
  }

  private void track(Delivery delivery) {
    inFlight.add(delivery);
    inFlightBytes += delivery.bytes;
    if (delivery.qos > 0) {
      unanswered++;
    }
  }

  /** MQTT 3.1.1 has no refusal for a message: it can only be taken, or the connection closed. */
  private void refuse(String topic, int qos, int packetId) {
    joint.counts().notAllowed.increment();
    if (!warned) {
      warned = true; // once for a connection: the counter has all
      log.warn("client {} may not publish to this topic", Shown.of(client));
      joint
          .audit()
          .note(
              new Decision(
                  "publish-refused",
                  who.identity().isEmpty() ? "client:" + client : who.identity(),
                  address,
                  "topic " + topic));
    }
    if (qos == 0) {
      return;
    }
    if (!five) {
      end(MqttDisconnectReasonCode.NOT_AUTHORIZED);
      return;
    }
    track(Delivery.answered(this, packetId, qos, NOT_AUTHORIZED));
    drain();
  }

  private void release(MqttPubRelMessage message) {
    if (closed) {
      return;
    }
    boolean known = session.released(message.messageId());
    // By hand: the library leaves the reason code out.
    ByteBuf out = channel.alloc().buffer(5);
    out.writeByte(PUBCOMP).writeByte(known || !five ? 2 : 3).writeShort(message.messageId());
    flush(known || !five ? out : out.writeByte(ID_NOT_FOUND));
  }

  /** From any thread: some delivery's state has changed. */
  void wake() {
    if (!woken.get() && woken.compareAndSet(false, true)) {
      loop.due(this);
    }
  }

  /** Answers what is due, in order, in one write. */
  void drain() {
    woken.set(false);
    ByteBuf out = null;
    for (Delivery next = inFlight.peek(); next != null; next = inFlight.peek()) {
      Delivery.State state = next.state();
      if (state == Delivery.State.WAITING) {
        break;
      }
      inFlight.poll();
      inFlightBytes -= next.bytes;
      if (next.qos > 0) {
        unanswered--;
      }
      if (closed) {
        continue;
      }
      if (state == Delivery.State.FAILED) {
        flush(out);
        end(MqttDisconnectReasonCode.SERVER_BUSY);
        return;
      }
      if (next.qos > 0) {
        out = out == null ? channel.alloc().buffer(Math.min(4 * (inFlight.size() + 1), 4096)) : out;
        answer(out, next);
      }
    }
    flush(out);
  }

  /** On the event loop. */
  void send(MqttMessage packet) {
    channel.writeAndFlush(packet, channel.voidPromise());
  }

  private void flush(@Nullable ByteBuf out) {
    if (out != null) {
      channel.writeAndFlush(out, channel.voidPromise());
    }
  }

  private static void answer(ByteBuf out, Delivery delivery) {
    out.writeByte(delivery.qos == 1 ? PUBACK : PUBREC);
    out.writeByte(delivery.code == 0 ? 2 : 3);
    out.writeShort(delivery.packetId);
    if (delivery.code != 0) {
      out.writeByte(delivery.code);
    }
  }

  private boolean reading() {
    if (slowed) {
      if (System.nanoTime() - readOnAt < 0) {
        return false;
      }
      slowed = false;
    }
    return joint.inbox().ready()
        && inFlightBytes < joint.limits().inFlightBytes()
        && inFlight.size() < joint.limits().inFlight()
        && channel.channel().isWritable();
  }

  private void pause() {
    if (!paused && !closed) {
      paused = true;
      channel.channel().config().setAutoRead(false);
      loop.paused(this);
    }
  }

  /** Reads on if it may; true when it need not be asked again. */
  boolean mayRead() {
    if (closed || !paused) {
      return true;
    }
    if (!reading()) {
      return false;
    }
    paused = false;
    channel.channel().config().setAutoRead(true);
    return true;
  }

  private void silent() {
    joint.counts().silent.increment();
    end(MqttDisconnectReasonCode.KEEP_ALIVE_TIMEOUT);
  }

  private void broken(Throwable cause) {
    if (cause instanceof IOException || closed) {
      return; // the client is gone; closed() follows
    }
    if (cause instanceof TooLongFrameException) {
      joint.counts().tooLarge.increment();
      end(MqttDisconnectReasonCode.PACKET_TOO_LARGE);
    } else if (cause instanceof DecoderException
        && cause.getCause() instanceof RuntimeException ours
        && !(ours instanceof DecoderException)) {
      joint.counts().unexpected.increment();
      log.error("a packet of client {} could not be handled", Shown.of(client), ours);
      end(MqttDisconnectReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
    } else {
      joint.counts().broken.increment();
      log.info("client {} sent what is no MQTT: {}", Shown.of(client), Shown.of(cause.toString()));
      end(MqttDisconnectReasonCode.MALFORMED_PACKET);
    }
  }

  private void disconnected(MqttDisconnectMessage message) {
    if (five) {
      long asked =
          Properties.number(message.properties(), Properties.SESSION_EXPIRY_INTERVAL, keptSeconds);
      if (keptSeconds == 0 && asked > 0) {
        // MQTT-3.14.2-2: no good-bye then, and the will stands
        end(MqttDisconnectReasonCode.PROTOCOL_ERROR);
        return;
      }
      keptSeconds = asked;
    }
    if (message.code() != MqttDisconnectReasonCode.WITH_WILL_MESSAGE) {
      willDue.set(false);
    }
  }

  /**
   * From any thread. The will takes effect here and now, so that it comes before the first message
   * of the connection that replaces this one.
   *
   * @param goesOn the session does: a will that waits for its client is not sent
   */
  void takenOver(boolean goesOn) {
    joint.counts().takenOver.increment();
    if (goesOn && willDelay > 0) {
      willDue.set(false);
    } else {
      will();
    }
    close(MqttDisconnectReasonCode.SESSION_TAKEN_OVER);
  }

  /** From any thread: the server stops, which says nothing of the client: its will is not sent. */
  void leave() {
    willDue.set(false);
    close(MqttDisconnectReasonCode.SERVER_SHUTTING_DOWN);
  }

  /** From any thread. */
  void close(MqttDisconnectReasonCode why) {
    channel.channel().eventLoop().execute(() -> end(why));
  }

  /** From any thread: what it came in with would not let it in any more. */
  void untrusted() {
    Decision decision =
        new Decision(
            "connection-ended",
            who.identity().isEmpty() ? "client:" + client : who.identity(),
            address,
            DeviceGate.Refusal.NOT_TRUSTED.why());
    joint.audit().note(decision);
    close(MqttDisconnectReasonCode.ADMINISTRATIVE_ACTION);
  }

  /** From any thread: reads no more; what was read is still answered. */
  void quiesce() {
    channel
        .channel()
        .eventLoop()
        .execute(
            () -> {
              paused = true;
              channel.channel().config().setAutoRead(false);
            });
  }

  /** From any thread: done once all that was read is answered. */
  CompletableFuture<Boolean> answered() {
    CompletableFuture<Boolean> answered = new CompletableFuture<>();
    whenAnswered(answered);
    return answered;
  }

  private void whenAnswered(CompletableFuture<Boolean> answered) {
    channel
        .channel()
        .eventLoop()
        .schedule(
            () -> {
              if (closed || inFlight.isEmpty()) {
                answered.complete(true);
              } else if (!answered.isDone()) {
                whenAnswered(answered);
              }
            },
            1,
            TimeUnit.MILLISECONDS);
  }

  private void end(MqttDisconnectReasonCode why) {
    if (closed) {
      return;
    }
    try {
      endpoint.disconnect(why, MqttProperties.NO_PROPERTIES);
    } catch (IllegalStateException | IllegalArgumentException e) {
      channel.close();
    }
  }

  private void closed() {
    if (closed) {
      return;
    }
    closed = true;
    if (willDelay == 0 || keptSeconds == 0) {
      will();
    }
    session.outbox.disconnected(this);
    joint.paces().closed(address);
    joint
        .sessions()
        .left(sessionKey, this, keptSeconds, willDue.get() ? this::will : null, willDelay);
  }

  /** From any thread. */
  private void will() {
    if (!willDue.compareAndSet(true, false)) {
      return;
    }
    MqttWill will = endpoint.will();
    if (!who.mayStillPublish(will.getWillTopic())) {
      joint.counts().notAllowed.increment();
      return;
    }
    joint.counts().wills.increment();
    put(
        will.getWillTopic(),
        will.getWillMessageBytes(),
        new SourceMessage.Ack() {
          @Override
          public void stored() {}

          @Override
          public void failed(Throwable cause) {
            log.warn("the will of {} could not be stored", Shown.of(client), cause);
          }
        });
  }

  /** Tells the session, too, so that a repeated message is not stored twice. */
  private record OnceAck(Session session, Delivery delivery) implements SourceMessage.Ack {
    @Override
    public void stored() {
      session.stored(delivery.packetId);
      delivery.stored();
    }

    @Override
    public void failed(Throwable cause) {
      session.failed(delivery.packetId, cause);
      delivery.failed(cause);
    }
  }
}
