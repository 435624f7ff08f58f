package dev.hologrid.gateway.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Mosquitto on a free port of loopback, as a process of its own. Not for two threads.
 *
 * <p>{@code apt-get install mosquitto} provides it; {@link #installed()} tells.
 */
public final class Mosquitto implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/sbin/mosquitto"),
          Path.of("/usr/local/sbin/mosquitto"),
          Path.of("/opt/homebrew/sbin/mosquitto"));

  private final Path folder;
  private final int port;
  private final String extra;
  private @Nullable Process process;

  private Mosquitto(Path folder, int port, String extra) {
    this.folder = folder;
    this.port = port;
    this.extra = extra;
  }

  /** Whether this machine has it. */
  public static boolean installed() {
    return PLACES.stream().anyMatch(Files::isExecutable);
  }

  /** Starts one without access control that keeps its sessions in {@code folder}. */
  public static Mosquitto start(Path folder) {
    return start(folder, "");
  }

  /** Starts one with more lines in its configuration. */
  public static Mosquitto start(Path folder, String extra) {
    Mosquitto mosquitto = new Mosquitto(folder, freePort(), extra);
    mosquitto.start();
    return mosquitto;
  }

  /** One that does not run yet, so that its port is known and closed. */
  public static Mosquitto stopped(Path folder) {
    return new Mosquitto(folder, freePort(), "");
  }

  public int port() {
    return port;
  }

  public String url() {
    return "tcp://127.0.0.1:" + port;
  }

  /** Starts it on the same port with the sessions it had. */
  public void start() {
    try {
      Files.createDirectories(folder);
      Path config = folder.resolve("mosquitto.conf");
      Files.writeString(
          config,
          String.join(
              "\n",
              "listener " + port + " 127.0.0.1",
              "allow_anonymous " + !extra.contains("password_file"),
              "user root",
              "persistence true",
              "persistence_location " + folder + "/",
              "autosave_interval 1",
              "autosave_on_changes true",
              "max_queued_messages 100000",
              "set_tcp_nodelay true",
              extra,
              ""));
      process =
          new ProcessBuilder(binary(), "-c", config.toString())
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "mosquitto.log")))
              .start();
      awaitPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it; with persistence it has saved its sessions. */
  public void stop() {
    Process running = process;
    process = null;
    if (running == null) {
      return;
    }
    running.destroy();
    try {
      if (!running.waitFor(5, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }

  private void awaitPort() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < deadline) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        return;
      } catch (IOException e) {
        LockSupport.parkNanos(20_000_000);
      }
    }
    throw new IllegalStateException(
        "Mosquitto did not listen within 10 s; see " + folder.resolve("mosquitto.log"));
  }

  private static String binary() {
    return PLACES.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("run: apt-get install mosquitto"))
        .toString();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
