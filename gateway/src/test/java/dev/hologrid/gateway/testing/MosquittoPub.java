package dev.hologrid.gateway.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's {@code mosquitto_pub}; {@code apt-get install mosquitto-clients} provides it. */
public final class MosquittoPub {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/bin/mosquitto_pub"),
          Path.of("/usr/local/bin/mosquitto_pub"),
          Path.of("/opt/homebrew/bin/mosquitto_pub"));

  private MosquittoPub() {}

  /** Whether this machine has it. */
  public static boolean installed() {
    return PLACES.stream().anyMatch(Files::isExecutable);
  }

  /**
   * Publishes one message with QoS 1 and returns once it is acknowledged.
   *
   * @param version {@code mqttv311} or {@code mqttv5}
   */
  public static void publish(int port, String version, String topic, String payload)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(PLACES.stream().filter(Files::isExecutable).findFirst().orElseThrow().toString());
    line.addAll(List.of("-h", "127.0.0.1", "-p", String.valueOf(port), "-V", version));
    line.addAll(List.of("-q", "1", "-t", topic, "-m", payload));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError("mosquitto_pub failed: " + said);
    }
  }
}
