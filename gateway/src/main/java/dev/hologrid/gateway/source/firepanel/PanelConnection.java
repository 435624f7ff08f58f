package dev.hologrid.gateway.source.firepanel;

import dev.hologrid.gateway.decode.PanelFrame;
import dev.hologrid.gateway.source.SourceMessage;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of one panel. State belongs to the channel's event loop; what commands read is
 * volatile. The standard has no login: the source address of the first frame is the panel, and
 * frames of another are denied.
 */
final class PanelConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(PanelConnection.class);
  private static final long LOOK_AGAIN_MS = 5;

  private final FirePanelSource source;
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(
          Comparator.comparing((Waiting each) -> !each.fire).thenComparing(each -> each.number));
  private final Map<Integer, Sent> sent = new HashMap<>();
  private volatile @Nullable ChannelHandlerContext context;
  private volatile @Nullable PanelFrame first;
  private long arrivals;
  private boolean looking;
  private int serial;

  /** A frame that waits for the journal to have room. */
  private record Waiting(PanelFrame frame, boolean fire, long number) {}

  /** A command that waits for its answer. */
  private static final class Sent {
    final PanelFrame frame;
    final Promise<PanelCommands.Outcome> outcome = Promise.promise();
    int left;

    Sent(PanelFrame frame, int left) {
      this.frame = frame;
      this.left = left;
    }
  }

  PanelConnection(FirePanelSource source) {
    this.source = source;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    switch (message) {
      case PanelFrame frame -> arrived(context, frame);
      case FrameSeeker.Damaged damaged -> reply(context, damaged.head(), PanelFrame.DENY);
      default -> {}
    }
  }

  private void arrived(ChannelHandlerContext context, PanelFrame frame) {
    PanelFrame before = first;
    if (before == null) {
      if (!source.admits(frame.panel())) {
        context.close();
        return;
      }
      first = frame;
    } else if (before.source() != frame.source()) {
      reply(context, frame, PanelFrame.DENY);
      return;
    }
    source.seen(frame.panel(), this);
    switch (frame.command()) {
      case PanelFrame.DATA -> {
        if (frame.unit().length == 0) {
          reply(context, frame, PanelFrame.CONFIRM); // a heartbeat
        } else {
          enqueue(frame);
        }
      }
      case PanelFrame.ANSWER -> {
        finish(frame.serial(), PanelCommands.Outcome.DONE);
        enqueue(frame);
      }
      case PanelFrame.CONFIRM -> finish(frame.serial(), PanelCommands.Outcome.DONE);
      case PanelFrame.DENY -> finish(frame.serial(), PanelCommands.Outcome.DENIED);
      default -> reply(context, frame, PanelFrame.DENY);
    }
  }

  private void enqueue(PanelFrame frame) {
    waiting.add(new Waiting(frame, frame.fire(), arrivals++));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    drain(context);
    context.fireChannelReadComplete();
  }

  /** Hands frames over, fire first; while the disk is behind only fire goes, and reading stops. */
  private void drain(ChannelHandlerContext context) {
    looking = false;
    while (!waiting.isEmpty() && (source.ready() || waiting.element().fire)) {
      hand(context, waiting.remove().frame);
    }
    context.channel().config().setAutoRead(waiting.isEmpty());
    if (!waiting.isEmpty() && !looking) {
      looking = true;
      context.executor().schedule(() -> drain(context), LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void hand(ChannelHandlerContext context, PanelFrame frame) {
    SeenFrames seen = source.frames(frame.panel());
    switch (seen.take(frame)) {
      case STORING -> {} // confirmed as soon as it is on disk
      case STORED -> confirm(context, frame);
      case NEW ->
          source.put(
              frame,
              new SourceMessage.Ack() {
                @Override
                public void stored() {
                  seen.stored(frame);
                  context.executor().execute(() -> confirm(context, frame));
                }

                @Override
                public void failed(Throwable cause) {
                  seen.forget(frame);
                  context.executor().execute(() -> reply(context, frame, PanelFrame.DENY));
                }
              });
    }
  }

  private void confirm(ChannelHandlerContext context, PanelFrame frame) {
    if (frame.command() == PanelFrame.DATA) {
      reply(context, frame, PanelFrame.CONFIRM);
    }
  }

  private void reply(ChannelHandlerContext context, PanelFrame frame, int command) {
    write(context, frame.reply(command, PanelFrame.time(source.now())));
  }

  private static void write(ChannelHandlerContext context, PanelFrame frame) {
    context.writeAndFlush(context.alloc().buffer().writeBytes(frame.bytes()));
  }

  /** Sends a command and waits for its answer. May be called from any thread. */
  Future<PanelCommands.Outcome> send(int command, byte[] unit) {
    ChannelHandlerContext there = context;
    PanelFrame panel = first;
    if (there == null || panel == null) {
      return Future.succeededFuture(PanelCommands.Outcome.NOT_CONNECTED);
    }
    Promise<PanelCommands.Outcome> promise = Promise.promise();
    there
        .executor()
        .execute(
            () -> {
              byte[] now = PanelFrame.time(source.now());
              PanelFrame frame =
                  new PanelFrame(
                      serial++ & 0xffff,
                      panel.version(),
                      now,
                      panel.destination(),
                      panel.source(),
                      command,
                      unit);
              Sent each = new Sent(frame, source.config().resends());
              sent.put(frame.serial(), each);
              each.outcome.future().onComplete(promise);
              attempt(there, each);
            });
    return promise.future();
  }

  private void attempt(ChannelHandlerContext context, Sent each) {
    if (each.outcome.future().isComplete()) {
      return;
    }
    if (!context.channel().isActive()) {
      finish(each.frame.serial(), PanelCommands.Outcome.NOT_CONNECTED);
      return;
    }
    write(context, each.frame);
    context
        .executor()
        .schedule(
            () -> {
              if (each.left-- > 0) {
                attempt(context, each);
              } else {
                finish(each.frame.serial(), PanelCommands.Outcome.UNANSWERED);
              }
            },
            source.config().timeout().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void finish(int serial, PanelCommands.Outcome outcome) {
    Sent each = sent.remove(serial);
    if (each != null) {
      each.outcome.tryComplete(outcome);
    }
  }

  void close() {
    ChannelHandlerContext there = context;
    if (there != null) {
      there.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    List<Integer> open = new ArrayList<>(sent.keySet());
    open.forEach(each -> finish(each, PanelCommands.Outcome.NOT_CONNECTED));
    waiting.clear(); // never confirmed: the panel sends them again
    PanelFrame before = first;
    if (before != null) {
      source.left(before.panel(), this);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.warn("fire panel {}: {}", context.channel().remoteAddress(), cause.toString());
    context.close();
  }
}
