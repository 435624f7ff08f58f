package dev.hologrid.simulator.ledger;

import dev.hologrid.simulator.mqtt.Message;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The sender's own account, one JSON object a line:
 *
 * <pre>
 * {"sent":"sm-1","seq":7,"time":1795473630123,"hash":"0123456789abcdef","class":"normal","at":1795473630124}
 * {"acked":"sm-1","seq":7,"at":1795473630125}
 * </pre>
 *
 * {@code time} is the event time in the payload, which is unique for a device; a status has none.
 * {@code hash} is the start of the payload's SHA-256; {@code class} is what the sender makes of it:
 * {@code normal}, {@code alarm-on}, {@code alarm-off} or {@code status}. Safe for use by many
 * threads.
 */
public final class Ledger implements AutoCloseable {
  private final Writer out;
  private final MessageDigest digest;

  private Ledger(Writer out) {
    this.out = out;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts the file anew. */
  public static Ledger open(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return new Ledger(
        new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), 1 << 16));
  }

  /** A ledger that keeps nothing. */
  public static Ledger none() {
    return new Ledger(Writer.nullWriter());
  }

  public synchronized void sent(Message message, long now) {
    StringBuilder line = new StringBuilder(160);
    line.append("{\"sent\":\"")
        .append(message.device())
        .append("\",\"seq\":")
        .append(message.seq());
    if (message.time() != 0) {
      line.append(",\"time\":").append(message.time());
    }
    line.append(",\"hash\":\"").append(hash(message.payload()));
    line.append("\",\"class\":\"").append(message.sort().word());
    write(line.append("\",\"at\":").append(now).append("}\n"));
  }

  public synchronized void acked(Message message, long now) {
    write(
        new StringBuilder(96)
            .append("{\"acked\":\"")
            .append(message.device())
            .append("\",\"seq\":")
            .append(message.seq())
            .append(",\"at\":")
            .append(now)
            .append("}\n"));
  }

  private String hash(byte[] payload) {
    return hash(digest, payload);
  }

  /** How a ledger names a payload: the first 8 bytes of its SHA-256, in hexadecimal. */
  public static String hash(MessageDigest sha256, byte[] payload) {
    return HexFormat.of().formatHex(sha256.digest(payload), 0, 8);
  }

  private void write(StringBuilder line) {
    try {
      out.append(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands everything to the operating system. */
  public synchronized void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
