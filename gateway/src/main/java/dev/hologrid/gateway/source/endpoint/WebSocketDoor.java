package dev.hologrid.gateway.source.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first byte of a connection: an MQTT packet is let through from then on, a request
 * for {@code /mqtt} over WebSocket (RFC 6455, MQTT 5.0 section 6) is answered. A browser is
 * believed only where its page comes from one of the origins that are set: otherwise any page could
 * use what its reader's machine can reach.
 */
final class WebSocketDoor extends ByteToMessageDecoder {
  private static final int LONGEST_HEAD = 8 << 10;
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int EMPTY_LINE = 0x0D0A0D0A;
  private static final int KEY_BYTES = 16;

  private final List<String> origins;

  WebSocketDoor(List<String> origins) {
    this.origins = origins;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.getByte(in.readerIndex()) != 'G') {
      context.pipeline().remove(this);
      return;
    }
    int end = end(in);
    if (end < 0) {
      if (in.readableBytes() >= LONGEST_HEAD) {
        refuse(context, "431 Request Header Fields Too Large", "");
        in.skipBytes(in.readableBytes());
      }
      return;
    }
    String head = in.readCharSequence(end - in.readerIndex(), US_ASCII).toString();
    answer(context, head.split("\r\n"), in);
  }

  /** Behind the empty line, or -1. */
  private static int end(ByteBuf in) {
    int last = Math.min(in.writerIndex(), in.readerIndex() + LONGEST_HEAD) - 4;
    for (int at = in.readerIndex(); at <= last; at++) {
      if (in.getInt(at) == EMPTY_LINE) {
        return at + 4;
      }
    }
    return -1;
  }

  private void answer(ChannelHandlerContext context, String[] lines, ByteBuf in) {
    Map<String, String> headers = headers(lines);
    String path = lines[0].startsWith("GET ") ? lines[0].split("[ ?]", 3)[1] : "";
    String origin = headers.get("origin");
    byte[] key = key(headers.getOrDefault("sec-websocket-key", ""));
    String problem = null;
    String more = "";
    if (!path.equals("/mqtt") || !lines[0].endsWith(" HTTP/1.1")) {
      problem = "404 Not Found";
    } else if (!has(headers, "upgrade", "websocket")) {
      problem = "426 Upgrade Required";
      more = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
    } else if (!headers.getOrDefault("sec-websocket-version", "").equals("13")) {
      problem = "426 Upgrade Required";
      more = "Sec-WebSocket-Version: 13\r\n";
    } else if (origin != null && !origins.contains(origin)) {
      problem = "403 Forbidden";
    } else if (key == null
        || !has(headers, "connection", "upgrade")
        || !has(headers, "sec-websocket-protocol", "mqtt")) {
      problem = "400 Bad Request";
    }
    if (problem != null) {
      in.skipBytes(in.readableBytes());
      refuse(context, problem, more);
      return;
    }
    String accept = accept(headers.getOrDefault("sec-websocket-key", ""));
    write(
        context,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Accept: "
            + accept
            + "\r\n\r\n");
    WebSocketEncoder encoder = new WebSocketEncoder();
    context.pipeline().addAfter(context.name(), "webSocketEncoder", encoder);
    context
        .pipeline()
        .addAfter(context.name(), "webSocketDecoder", new WebSocketDecoder(encoder::closeTold));
    context.pipeline().remove(this); // what has come already moves on to the decoder
  }

  private static Map<String, String> headers(String[] lines) {
    Map<String, String> headers = new HashMap<>();
    for (String each : Arrays.asList(lines).subList(1, lines.length)) {
      int colon = each.indexOf(':');
      if (colon > 0) {
        headers.merge(
            each.substring(0, colon).toLowerCase(Locale.ROOT),
            each.substring(colon + 1).strip(),
            (one, other) -> one + "," + other);
      }
    }
    return headers;
  }

  private static boolean has(Map<String, String> headers, String name, String word) {
    return Arrays.stream(headers.getOrDefault(name, "").split(","))
        .anyMatch(each -> each.strip().equalsIgnoreCase(word));
  }

  private static byte @Nullable [] key(String text) {
    try {
      byte[] key = Base64.getDecoder().decode(text);
      return key.length == KEY_BYTES ? key : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String accept(String key) {
    try {
      // Not for secrecy: RFC 6455 has it so.
      byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private static void write(ChannelHandlerContext context, String text) {
    context.writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), text));
  }

  private static void refuse(ChannelHandlerContext context, String status, String more) {
    context
        .writeAndFlush(
            ByteBufUtil.writeAscii(
                context.alloc(),
                "HTTP/1.1 "
                    + status
                    + "\r\n"
                    + more
                    + "Content-Length: 0\r\nConnection: close\r\n\r\n"))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
