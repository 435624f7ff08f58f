package dev.hologrid.gateway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The simulator as its own process, so that the gateway meets it only over the wire. It prints one
 * JSON document a line; the last one is kept. Safe for use by many threads.
 */
final class SimulatorProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Thread reader;
  private volatile @Nullable JsonNode last;

  private SimulatorProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().name("simulator-output").start(this::read);
  }

  /**
   * Starts {@code hologrid-simulator ARGUMENTS}; its messages for people go to our standard error.
   */
  static SimulatorProcess start(Path home, Path workingFolder, List<String> arguments) {
    List<String> line = new ArrayList<>(command(home));
    line.addAll(arguments);
    try {
      return new SimulatorProcess(
          new ProcessBuilder(line)
              .directory(workingFolder.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("the simulator could not be started: " + e.getMessage(), e);
    }
  }

  private static List<String> command(Path home) {
    Path target = home.resolve("simulator/target");
    if (!Files.exists(target.resolve("hologrid-simulator.jar"))) {
      throw new IllegalStateException(
          "the simulator is not built: " + target + " has no jar; ./hologrid build makes it");
    }
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("--enable-native-access=ALL-UNNAMED");
    if (Runtime.version().feature() >= 23) {
      line.add("--sun-misc-unsafe-memory-access=allow");
    }
    line.addAll(learnedClasses());
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-cp"));
    line.add(
        target.resolve("hologrid-simulator.jar") + File.pathSeparator + target.resolve("lib/*"));
    line.add("dev.hologrid.simulator.Main");
    return line;
  }

  /** Its classes as the build left them for this JDK: it starts sooner with them. */
  private static List<String> learnedClasses() {
    String classes = System.getProperty("hologrid.simulator.classes", "");
    if (classes.isEmpty() || !Files.exists(Path.of(classes))) {
      return List.of();
    }
    return Runtime.version().feature() >= 25
        ? List.of("-XX:AOTCache=" + classes, "-Xlog:aot*=off,cds*=off")
        : List.of("-XX:SharedArchiveFile=" + classes, "-Xlog:cds*=off");
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        try {
          last = JSON.readTree(line);
        } catch (JsonProcessingException e) {
          System.err.println("simulator: " + line);
        }
      }
    } catch (IOException e) {
      // the stream ends with the process
    }
  }

  /** A number of the last document it printed, or 0. */
  long number(String field) {
    JsonNode node = last;
    return node == null ? 0 : node.path(field).asLong();
  }

  /** A text of the last document it printed, or empty. */
  String text(String field) {
    JsonNode node = last;
    return node == null ? "" : node.path(field).asText();
  }

  boolean running() {
    return process.isAlive();
  }

  /** Waits for its end; false when it still runs after that time. */
  boolean await(Duration atMost) throws InterruptedException {
    boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (ended) {
      reader.join(Duration.ofSeconds(1));
    }
    return ended;
  }

  int exitValue() {
    return process.exitValue();
  }

  @Override
  public void close() {
    stop();
  }

  /** Asks it to drain, waits 10 seconds, then ends it; a second call finds it ended. */
  void stop() {
    process.toHandle().destroy(); // Process.destroy would close its output, with the totals in it
    try {
      if (!await(Duration.ofSeconds(10))) {
        process.destroyForcibly();
        await(Duration.ofSeconds(2));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
