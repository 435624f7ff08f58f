package dev.hologrid.simulator.process;

import dev.hologrid.simulator.mqtt.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's Mosquitto with its queue limits taken off and nothing written to disk. */
public final class MosquittoProcess implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path folder;
  private final Server server;
  private final boolean keeps;
  private Child child;

  private MosquittoProcess(Path folder, int port, boolean keeps)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.keeps = keeps;
    this.server = new Server("127.0.0.1", port);
    this.child = launch();
  }

  public static boolean installed() {
    return Files.isExecutable(PROGRAM);
  }

  public static MosquittoProcess start(Path folder) throws IOException, InterruptedException {
    return start(folder, false);
  }

  /**
   * The same.
   *
   * @param keeps whether it writes sessions and queues to disk when it is stopped in peace
   */
  public static MosquittoProcess start(Path folder, boolean keeps)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    return new MosquittoProcess(folder, port, keeps);
  }

  private Child launch() throws IOException, InterruptedException {
    Path config = folder.resolve("mosquitto.conf");
    Files.writeString(
        config,
        """
        listener %d 127.0.0.1
        allow_anonymous true
        persistence %s
        persistence_location %s/
        user %s
        max_queued_messages 0
        max_inflight_messages 0
        set_tcp_nodelay true
        """
            .formatted(
                server.port(), keeps, folder.toAbsolutePath(), System.getProperty("user.name")));
    Child started =
        Child.start(
            List.of(PROGRAM.toString(), "-c", config.toString()),
            folder.resolve("mosquitto.log"),
            line -> false);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (System.nanoTime() > end || !started.running()) {
        throw new IOException("mosquitto does not answer; see " + folder.resolve("mosquitto.log"));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return started;
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      return socket.getLocalPort() != server.port(); // else it is connected to itself
    } catch (IOException e) {
      return false;
    }
  }

  public Server server() {
    return server;
  }

  /** SIGKILL and a new start on the same port: it forgets its sessions and queues. */
  public void restart() throws IOException, InterruptedException {
    child.kill();
    child = launch();
  }

  /** SIGTERM and a new start: it writes down what it has and reads it back. */
  public void stopAndStart() throws IOException, InterruptedException {
    child.close();
    child = launch();
  }

  @Override
  public void close() {
    child.close();
  }
}
