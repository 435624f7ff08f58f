package dev.hologrid.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link Trial} in its own JVM, started, told what to do, and ended. */
final class TrialProcess implements AutoCloseable {
  /** What a whole run gave: alerts as lines, and the engine's memory. */
  record Checked(List<String> alerts, long bytesPerDevice) {}

  private static final int MIB = 2_048;

  private final Process process;
  private final BufferedReader answers;
  private final Writer commands;
  private final Path log;

  private TrialProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
  }

  static TrialProcess start(Engine engine, BenchRule rule, BenchSize size, Path home)
      throws IOException {
    List<String> command = new ArrayList<>(java(MIB));
    // Flink's and Drools' own start scripts open these.
    command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.addAll(List.of("-cp", engine.classPath(home), Trial.class.getName(), engine.subject));
    command.addAll(
        List.of(rule.name(), Integer.toString(size.readings()), Integer.toString(size.devices())));
    Path log =
        home.resolve("target")
            .resolve("bench-" + engine.name().toLowerCase(java.util.Locale.ROOT) + ".log");
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    TrialProcess trial = new TrialProcess(process, log);
    trial.answer();
    return trial;
  }

  /** The same JVM and the same collector for every engine. */
  static List<String> java(int heapMib) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(java, "-Xms" + heapMib + "m", "-Xmx" + heapMib + "m", "-XX:+UseG1GC");
  }

  Checked check() throws IOException {
    tell("check");
    List<String> alerts = new ArrayList<>();
    String line = answer();
    while (line.startsWith("alert ")) {
      alerts.add(line.substring("alert ".length()));
      line = answer();
    }
    return new Checked(alerts, Long.parseLong(line.substring("bytes ".length())));
  }

  /** Readings per second. */
  double round(int leastMillis, int mostMillis) throws IOException {
    tell("round " + leastMillis + " " + mostMillis);
    String[] words = answer().split(" ", -1);
    return Double.parseDouble(words[1]) * 1e9 / Double.parseDouble(words[2]);
  }

  private void tell(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the engine's process ended; what it said is in " + log);
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    commands.close();
    try {
      if (!process.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
