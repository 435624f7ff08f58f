package dev.hologrid.simulator.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Debian's Mosquitto on a free port; the test is skipped where it is not installed. */
public final class Mosquitto implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");

  private final Path folder;
  private final int port;
  private Process process;

  private Mosquitto(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    this.process = launch();
  }

  public static Mosquitto start(Path folder) throws IOException {
    assumeTrue(Files.isExecutable(PROGRAM), "skipped: " + PROGRAM + " is not installed");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    // Only now: while the probe's socket listens, it would be taken for the broker.
    return new Mosquitto(folder, port);
  }

  private Process launch() throws IOException {
    Path config = folder.resolve("mosquitto.conf");
    Files.writeString(
        config,
        "listener "
            + port
            + " 127.0.0.1\nallow_anonymous true\npersistence false\n"
            + "max_queued_messages 0\nmax_inflight_messages 0\n");
    Process started =
        new ProcessBuilder(PROGRAM.toString(), "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    Await.until(Duration.ofSeconds(10), this::answers);
    return started;
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.getLocalPort() != port; // else it is connected to itself
    } catch (IOException e) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  /** Kills it and starts it again on the same port: it forgets everything. */
  public void restart() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    process = launch();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
