package dev.hologrid.gateway.source.broker;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A socket for Paho without Nagle's delay, which also carries acknowledgements past it, many in one
 * write. Paho reads a packet byte by byte and asks {@code available()} for each, which the buffer
 * answers; and it hands each acknowledgement to another thread and writes it by itself. Safe for
 * use by many threads.
 */
final class AckedSocket extends Socket {
  private static final int BUFFER = 64 << 10;
  private static final int PUBACK = 0x40;
  private static final int PUBACK_BYTES = 4;

  private final Object writing = new Object();
  private final Object due = new Object();
  private @Nullable InputStream in;
  private @Nullable OutputStream out;

  // Guarded by due.
  private byte[] acks = new byte[1 << 10];
  private int bytes;
  private boolean started;
  private boolean ended;

  AckedSocket() throws IOException {
    setTcpNoDelay(true);
  }

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (in == null) {
      in = new Buffered(super.getInputStream());
    }
    return in;
  }

  @Override
  public synchronized OutputStream getOutputStream() throws IOException {
    if (out == null) {
      out = new WholePackets(super.getOutputStream());
    }
    return out;
  }

  /**
   * Sends a PUBACK with success, soon and together with others; returns at once. Lost when the
   * connection is, as then the broker sends the message again.
   */
  void acknowledge(int packetId) {
    synchronized (due) {
      if (ended) {
        return;
      }
      if (bytes == acks.length) {
        acks = java.util.Arrays.copyOf(acks, 2 * bytes);
      }
      acks[bytes] = PUBACK;
      acks[bytes + 1] = 2;
      acks[bytes + 2] = (byte) (packetId >>> 8);
      acks[bytes + 3] = (byte) packetId;
      bytes += PUBACK_BYTES;
      if (!started) {
        started = true;
        Thread.ofPlatform().name("broker-acks").daemon().start(this::send);
      } else if (bytes == PUBACK_BYTES) {
        due.notifyAll();
      }
    }
  }

  private void send() {
    byte[] batch = new byte[acks.length];
    try {
      while (true) {
        int length;
        synchronized (due) {
          while (bytes == 0 && !ended) {
            due.wait();
          }
          if (ended) {
            return;
          }
          byte[] full = acks;
          length = bytes;
          acks = batch;
          bytes = 0;
          batch = full;
        }
        synchronized (writing) {
          super.getOutputStream().write(batch, 0, length);
        }
      }
    } catch (IOException e) {
      end(); // Paho sees the end of the connection, too, and tells it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    synchronized (due) {
      ended = true;
      due.notifyAll();
    }
  }

  @Override
  public void close() throws IOException {
    end();
    super.close();
  }

  private static final class Buffered extends BufferedInputStream {
    Buffered(InputStream in) {
      super(in, BUFFER);
    }

    /** What needs no system call; Paho only wants to know whether it is in the middle of things. */
    @Override
    public synchronized int available() {
      return count - pos;
    }
  }

  /** Keeps what Paho writes until it flushes, so that nothing comes in between. */
  private final class WholePackets extends OutputStream {
    private final OutputStream to;
    private final ByteArrayOutputStream packet = new ByteArrayOutputStream(BUFFER >>> 4);

    WholePackets(OutputStream to) {
      this.to = to;
    }

    @Override
    public synchronized void write(int b) {
      packet.write(b);
    }

    @Override
    public synchronized void write(byte[] from, int at, int length) {
      packet.write(from, at, length);
    }

    @Override
    public synchronized void flush() throws IOException {
      synchronized (writing) {
        packet.writeTo(to);
      }
      packet.reset();
    }

    @Override
    public void close() throws IOException {
      AckedSocket.this.close();
    }
  }
}
